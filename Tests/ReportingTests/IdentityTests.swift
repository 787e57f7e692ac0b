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

    @Test(
        "nothing by which a feed goes on from build to build is shared by two platforms of an image",
        arguments: [
            ("sarif", #""automationDetails":\{"id":"([^"]*)""#), ("sarif", #""correlationGuid":"([^"]*)""#),
            ("defectdojo", #""unique_id_from_tool":"([^"]*)""#), ("defectdojo", #""service":"([^"]*)""#),
            ("ocsf", #""finding_info":\{[^}]*"uid":"([^"]*)""#), ("openmetrics", #"\n([^#\n]+) \d+"#),
            ("junit", #"classname="([^"]*)""#), ("junit-gitlab", #"package="([^"]*)""#),
        ])
    func platforms(format: String, pattern: String) throws {
        let regex = try Regex(pattern, as: (Substring, Substring).self)
        let ids = try Self.platforms.map { example in
            Set(try example.text(format).matches(of: regex).map { String($0.output.1) })
        }
        #expect(ids.allSatisfy { !$0.isEmpty })
        #expect(ids[0].isDisjoint(with: ids[1]))
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
