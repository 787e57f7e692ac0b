import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What is new since an earlier audit.
struct BaselineTests {
    private static func evidence(_ files: [(String, String)]) async throws -> Evidence {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var layer = LayerBuilder()
        for (path, text) in files { layer.file(StoredName(path), text) }
        image.layer(layer, createdBy: "COPY . /")
        return try await Samples.evidence(of: image)
    }

    private static func baseline(_ evidence: Evidence, in scratch: ScratchFolder) throws -> Baseline {
        try Baseline([try scratch.write(try Samples.json(evidence), to: "old.json")])
    }

    @Test(
        "a secret that was there is not new where it moved to; another one is, and so is a file that is new")
    func secrets() async throws {
        let scratch = try ScratchFolder()
        let old = try await Self.evidence([("a.env", Samples.token(1)), ("b.env", Samples.token(2))])
        let new = try await Self.evidence([("moved.env", Samples.token(1)), ("b.env", Samples.token(3))])
        let noted = try Self.baseline(old, in: scratch).noted(in: new)
        let known = Dictionary(
            uniqueKeysWithValues: noted.findings.map {
                ($0.location.path?.description ?? "", $0.attributes["inBaseline"])
            })
        #expect(known == ["/moved.env": .flag(true), "/b.env": .flag(false)])
        #expect(noted.baseline?.digest == old.image.digest)
        let again = try StoredEvidence(
            place: "e.json", bytes: Array(try Samples.json(noted).utf8)
        ).read()
        #expect(again == noted)
    }

    @Test("a weakness of another package is new, and so is another instruction in its place")
    func otherThings() async throws {
        let scratch = try ScratchFolder()
        func evidence(_ package: String, _ instruction: String) async throws -> Evidence {
            var evidence = try await Self.evidence([])
            evidence.findings = [
                Finding(
                    id: "0b6f9d3e-0000-5000-8000-000000000001", detector: "d", rule: "CVE-1",
                    kind: .vulnerableComponent, title: "t", severity: .low, confidence: .high,
                    location: Location(config: "image"), persistence: .metadata, origin: .unknown,
                    attributes: ["package": .text(package)]),
                Finding(
                    id: "0b6f9d3e-0000-5000-8000-000000000002", detector: "d", rule: "tls.curl-insecure",
                    kind: .tlsVerificationDisabled, title: "t", severity: .low, confidence: .high,
                    location: Location(config: "history/\(instruction.utf8.count)"), createdBy: instruction,
                    persistence: .metadata, origin: .metadata),
            ]
            return evidence
        }
        let old = try Self.baseline(try await evidence("libfoo", "curl -k https://a"), in: scratch)
        func known(_ package: String, _ instruction: String) async throws -> [AttributeValue?] {
            try old.noted(in: try await evidence(package, instruction)).findings
                .sorted { $0.rule < $1.rule }.map { $0.attributes["inBaseline"] }
        }
        #expect(try await known("libfoo", "curl -k https://a") == [.flag(true), .flag(true)])
        #expect(try await known("openssl", "curl -k https://b") == [.flag(false), .flag(false)])
    }

    @Test(
        "a bundle is a baseline for each of its images, and so are folders of reports, one by one or in one")
    func forms() async throws {
        let scratch = try ScratchFolder()
        let bench = try await BundleBench()
        func image(_ name: String, _ seed: UInt64) async throws -> Evidence {
            var evidence = try await Self.evidence([("a.env", Samples.token(seed))])
            evidence.image.name = name
            return evidence
        }
        let first = try await image("oci:first:1", 1)
        let second = try await image("oci:second:1", 2)
        let bundle = try scratch.write(
            try bench.bytes(isSigned: false, evidence: [first, second]), to: "old.bundle")
        try scratch.write(try Samples.json(first), to: "reports/first/evidence.json")
        try scratch.write(try Samples.json(second), to: "reports/second/evidence.json")
        let folders = ["reports/second", "reports/first"].map { scratch.file($0) }
        for places in [[bundle], [folders[0]], folders, [scratch.file("reports")]] {
            var later = second
            later.image.name = "oci:second:2"
            let noted = try Baseline(places).noted(in: later)
            #expect(noted.findings.map { $0.attributes["inBaseline"] } == [.flag(true)])
            #expect(
                noted.baseline?.name == second.image.name && noted.baseline?.digest == second.image.digest)
        }
        var stranger = first
        stranger.image.name = "oci:third:1"
        let error = #expect(throws: AuditError.self) { try Baseline([bundle]).noted(in: stranger) }
        #expect(error?.code == .strangeBaseline && error?.place == bundle)
        // One leaks what the other does not: neither may stand for a third that is called alike.
        let alike = [first, second].enumerated().map { number, evidence in
            var evidence = evidence
            evidence.image.name = "oci:team\(number)/second:1"
            return evidence
        }
        let both = try scratch.write(
            try bench.bytes(isSigned: false, evidence: alike), to: "both.bundle")
        #expect(throws: AuditError.self) {
            var third = second
            third.image.name = "oci:team3/second:1"
            return try Baseline([both]).noted(in: third)
        }
        #expect(try Baseline([both]).noted(in: alike[0]).baseline?.digest == first.image.digest)
    }

    @Test("fingerprints of another key do not compare, and say so")
    func key() async throws {
        let scratch = try ScratchFolder()
        let old = try Samples.json(try await Self.evidence([("a.env", Samples.token(1))]))
        let key = try await Self.evidence([]).fingerprintKey
        let other = Array(old.replacing("\"\(key)\"", with: "\"0badc0de\"").utf8)
        let place = try scratch.write(SummedEvidence.bytes(other), to: "old.json")
        let new = try await Self.evidence([("a.env", Samples.token(1))])
        let error = #expect(throws: AuditError.self) { try Baseline([place]).noted(in: new) }
        #expect(error?.code == .foreignBaseline && error?.place == place)
    }

    @Test("evidence that knows of no earlier one cannot say what that had")
    func forged() async throws {
        var evidence = try await Self.evidence([("a.env", Samples.token(1))])
        for index in evidence.findings.indices {
            evidence.findings[index].attributes["inBaseline"] = .flag(true)
        }
        let bytes = Array(try Samples.json(evidence).utf8)
        let error = #expect(throws: AuditError.self) {
            try StoredEvidence(place: "e.json", bytes: bytes).read()
        }
        #expect(error?.reason.contains("names none") == true)
    }

    @Test("a policy can let through what is not new, and lets nothing through that nobody compared")
    func gate() throws {
        let scratch = try ScratchFolder()
        try scratch.write(
            """
            apiVersion: palimpsest/v1
            kind: Policy
            id: trial
            title: Trial
            rules:
              - id: trial.new
                title: Nothing leaks that did not before
                rationale: Because.
                requires: [secrets]
                each: finding
                match: {all: [{field: kind, glob: credential.*}, {field: inBaseline, equals: false}]}
                effect: fail
                severity: high
                remediation: Rotate it.
                controls: [{control: NHI2:2025, relation: direct, rationale: It leaks.}]
            """, to: "policy/trial.yaml")
        func test(_ name: String, _ baseline: Bool, _ inBaseline: String, _ status: String) -> String {
            """
              - name: \(name)
                evidence:
                  baseline: \(baseline)
                  findings: [{kind: credential.cloud, path: /a\(inBaseline)}]
                wants: {rules: {trial.new: \(status)}}

            """
        }
        try scratch.write(
            "apiVersion: palimpsest/v1\nkind: PolicyTest\npolicy: trial\ncases:\n"
                + test("new", true, ", inBaseline: false", "fail")
                + test("old", true, ", inBaseline: true", "pass")
                + test("not compared", false, "", "not-assessed"), to: "policy/cases.yaml")
        let results = try PolicyTrials.test([scratch.file("policy")])
        #expect(results.count == 3)
        for result in results { #expect(result.mistakes.isEmpty, "\(result.mistakes)") }
    }
}
