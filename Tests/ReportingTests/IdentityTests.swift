import Foundation
import Model
import Reporting
import TestSupport
import Testing

@Suite("What tells reports apart")
struct IdentityTests {
    private static let platforms = ["linux/amd64", "linux/arm64"].map { platform in
        ReportCase.leakyAgent.changed(image: { $0.platform = platform })
    }

    /// Two images of one run that are called alike, each with the other as what it was held against.
    private static func twins(_ names: [String]) -> [ReportCase] {
        let images = names.enumerated().map {
            ComparedImage(name: $0.element, digest: Made.digest(700 + $0.offset), environment: nil)
        }
        return images.map { image in
            ReportCase.leakyAgent.changed(
                image: { facts in
                    facts.name = image.name
                    facts.digest = image.digest
                }, comparedWith: images.filter { $0 != image })
        }
    }

    private static let identities = [
        ("sarif", #""automationDetails":\{"id":"([^"]*)""#), ("sarif", #""correlationGuid":"([^"]*)""#),
        ("defectdojo", #""unique_id_from_tool":"([^"]*)""#), ("defectdojo", #""service":"([^"]*)""#),
        ("ocsf", #""finding_info":\{[^}]*"uid":"([^"]*)""#), ("openmetrics", #"\n([^#\n]+) \d+"#),
        ("junit", #"classname="([^"]*)""#), ("junit-gitlab", #"package="([^"]*)""#),
    ]

    @Test(
        "nothing by which a feed goes on from build to build is shared by two platforms of an image, nor by two images of a run that are called alike",
        arguments: identities)
    func platforms(format: String, pattern: String) throws {
        let regex = try Regex(pattern, as: (Substring, Substring).self)
        let pairs = [
            Self.platforms, Self.twins(["oci:img/a/app", "oci:img/b/app"]),
            Self.twins(["oci:multi:a", "oci:multi:b"]), Self.twins(["oci:a/b", "oci:a-b", "oci:x/a-b"]),
        ]
        for pair in pairs {
            let ids = try pair.map { example in
                Set(try example.text(format).matches(of: regex).map { String($0.output.1) })
            }
            #expect(ids.allSatisfy { !$0.isEmpty })
            #expect(ids.reduce(into: Set()) { $0.formUnion($1) }.count == ids.reduce(0) { $0 + $1.count })
        }
    }

    @Test(
        "an image that no other of the run is called as goes by what it goes by alone", arguments: identities)
    func alone(format: String, pattern: String) throws {
        let regex = try Regex(pattern, as: (Substring, Substring).self)
        let others = ["oci:img/other", "docker://registry.example/team/app-2:1"].enumerated().map {
            ComparedImage(name: $0.element, digest: Made.digest(800 + $0.offset), environment: nil)
        }
        let ids = try [[], others].map { others in
            try ReportCase.leakyAgent.changed(comparedWith: others).text(format).matches(of: regex)
                .map { String($0.output.1) }
        }
        #expect(ids[0] == ids[1])
    }

    @Test(
        "documents of different content have different ids", arguments: ["oscal", "cyclonedx"])
    func documents(format: String) throws {
        let example = ReportCase.leakyAgent
        let others = [
            example, example.signed(Made.digest(1)), example.signed(Made.digest(2)),
            example.changed(fingerprintKey: "00000000"),
            example.changed(receipts: { $0.ended(.incomplete) }),
            example.changed(receipts: { $0.ended(.completed, rules: Made.digest(3)) }),
            example.changed(findings: Array(example.evidence.findings.dropLast())),
        ]
        let pattern = /"(?:serialNumber":"urn:uuid:|uuid":")([0-9a-f-]{36})"/
        let ids = try others.map { example in
            Set(try example.text(format).matches(of: pattern).map { String($0.output.1) })
        }
        #expect(ids.allSatisfy { !$0.isEmpty })
        for (position, some) in ids.enumerated() {
            for other in ids[(position + 1)...] { #expect(some.isDisjoint(with: other)) }
        }
    }

    @Test("what evidence says of trust itself reaches no report but the copy of the evidence")
    func trust() throws {
        var forged = ReportCase.leakyAgent.evidence
        forged.annotateInventory { item in
            var item = item
            item.attributes["trust"] = .text("FORGED")
            return item
        }
        let example = ReportCase.leakyAgent
        let report = Report(
            evidence: forged, judged: example.evidence, assessment: example.assessment,
            policy: example.policy, toolVersion: "0.1.0", judging: [])
        for format in ReportFormats.all {
            let text = String(decoding: try format.write(report), as: UTF8.self)
            #expect(text.contains("FORGED") == (format.id == "evidence"), "\(format.id)")
        }
    }
}
