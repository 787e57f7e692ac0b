import Model
import TestSupport
import Testing

@testable import Evaluation

@Suite("Contradictions")
struct ContradictionTests {
    /// What detectors say of one finding, and what comes of it.
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var finding = Sample.finding("f")
        var receipts: [Receipt] = [Row.own]
        let wanted: [String]

        static let own = Sample.receipt(layers: [Sample.layer(0), Sample.layer(1)])

        static func tool(
            _ name: String, _ provides: [EvidenceClass] = [.secrets], outcome: Receipt.Outcome = .completed,
            target: Digest = Sample.image.digest, binding: ImportFacts.Binding = .digest,
            signatures: Int? = nil
        ) -> Receipt {
            var facts = ImportFacts(format: name, digest: Sample.digest(3), binding: binding)
            facts.signatures = signatures
            return Receipt(
                detector: name, tool: name, version: "1", rules: nil, target: target, provides: provides,
                layers: [], metadata: false, outcome: outcome, imported: facts)
        }

        static func finding(
            _ kind: FindingKind = .cloudCredential, at place: Location = Sample.place(0, "/app/.env"),
            _ witnesses: Witness...
        ) -> Finding {
            var finding = Sample.finding("f", kind: kind, at: place)
            finding.witnesses = witnesses
            return finding
        }

        static func hidden() -> Finding {
            var finding = Sample.finding("f")
            finding.persistence = .deleted
            return finding
        }

        static func word(
            _ detector: String, _ kind: FindingKind = .cloudCredential, _ severity: Severity? = .high,
            verified: Bool? = nil, suppressed: String? = nil, passed: Bool? = nil
        ) -> Witness {
            Witness(
                detector: detector, rule: "r", kind: kind, severity: severity, verified: verified,
                suppressed: suppressed, passed: passed)
        }
    }

    static let rows: [Row] = [
        Row(testDescription: "nobody else looked", wanted: []),
        Row(
            testDescription: "another tool looked for its like and reports nothing",
            receipts: [Row.own, Row.tool("trivy")],
            wanted: ["presence secrets: not reported trivy 1 | reported palimpsest 0.1.0"]),
        Row(
            testDescription: "it looked for something else",
            receipts: [Row.own, Row.tool("trivy", [.components])],
            wanted: []),
        Row(
            testDescription: "it did not finish",
            receipts: [Row.own, Row.tool("trivy", outcome: .incomplete)], wanted: []),
        Row(
            testDescription: "it looked at another image",
            receipts: [Row.own, Row.tool("trivy", target: Sample.digest(9))], wanted: []),
        Row(
            testDescription: "nobody knows at which image",
            receipts: [Row.own, Row.tool("trivy", binding: .unknown)], wanted: []),
        Row(
            testDescription: "a later layer hides the file, which many tools never open",
            finding: Row.hidden(), receipts: [Row.own, Row.tool("trivy")], wanted: []),
        Row(
            testDescription: "we read the layer and report nothing",
            finding: Row.finding(.cloudCredential, Row.word("trivy")),
            receipts: [Row.own, Row.tool("trivy")],
            wanted: ["presence secrets: not reported palimpsest 0.1.0 | reported trivy 1"]),
        Row(
            testDescription: "we did not read that layer",
            finding: Row.finding(at: Sample.place(1, "/x"), Row.word("trivy")),
            receipts: [Sample.receipt(layers: [Sample.layer(0)]), Row.tool("trivy")], wanted: []),
        Row(
            testDescription: "nobody knows in which layer it is",
            finding: Row.finding(at: Location(config: "source/Dockerfile"), Row.word("checkov")),
            receipts: [Row.own, Row.tool("checkov")], wanted: []),
        Row(
            testDescription: "one scanner knows of a vulnerability, the other not",
            finding: Row.finding(.vulnerableComponent, Row.word("grype", .vulnerableComponent)),
            receipts: [Row.tool("grype", [.vulnerabilities]), Row.tool("trivy", [.vulnerabilities])],
            wanted: ["presence vulnerabilities: not reported trivy 1 | reported grype 1"]),
        Row(
            testDescription: "linters have different checks",
            finding: Row.finding(.misconfiguration, Row.word("dockle", .misconfiguration)),
            receipts: [Row.tool("dockle", [.misconfigurations]), Row.tool("checkov", [.misconfigurations])],
            wanted: []),
        Row(
            testDescription: "one failed the check, the other passed it",
            finding: Row.finding(
                .misconfiguration, Row.word("dockle", .misconfiguration),
                Row.word("openscap", .misconfiguration, nil, passed: true)),
            receipts: [Row.tool("dockle", [.misconfigurations]), Row.tool("openscap", [.misconfigurations])],
            wanted: ["check: failed dockle 1 | passed openscap 1"]),
        Row(
            testDescription: "they rate it otherwise, name it otherwise, and one was told to be silent",
            finding: Row.finding(
                .cloudCredential, Row.word("trivy"),
                Row.word("gitleaks", .aiCredential, .low, suppressed: "baseline")),
            receipts: [Row.tool("trivy"), Row.tool("gitleaks")],
            wanted: [
                "kind secrets: credential.ai gitleaks 1 | credential.cloud trivy 1",
                "severity secrets: high trivy 1 | low gitleaks 1",
                "suppression secrets: reported trivy 1 | suppressed gitleaks 1",
            ]),
        Row(
            testDescription: "one has only a vaguer word, and does not rate it",
            finding: Row.finding(
                .cloudCredential, Row.word("trivy"), Row.word("gitleaks", .genericCredential, nil)),
            receipts: [Row.tool("trivy"), Row.tool("gitleaks")], wanted: []),
        Row(
            testDescription: "it works for one, and for the other not",
            finding: Row.finding(
                .cloudCredential, Row.word("trufflehog", verified: true),
                Row.word("kingfisher", verified: false)),
            receipts: [Row.tool("trufflehog"), Row.tool("kingfisher")],
            wanted: ["verification secrets: it does not work kingfisher 1 | it works trufflehog 1"]),
        Row(
            testDescription: "a signature holds for one run and for another not",
            receipts: [
                Row.tool("cosign", [.signatures], signatures: 1),
                Row.tool("cosign", [.signatures], outcome: .failed),
            ],
            wanted: ["signature signatures: not verified cosign 1 | verified cosign 1"]),
    ]

    @Test("are what detectors say differently of what both had before them", arguments: rows)
    func table(row: Row) {
        let evidence = Sample.evidence(findings: [row.finding], receipts: row.receipts)
        let found = ContradictionCheck.contradictions(in: evidence)
        let told = found.map { contradiction in
            let sides = contradiction.sides.map { "\($0.says) \($0.tools.joined(separator: ", "))" }
            let name = [contradiction.matter.rawValue, contradiction.evidence?.rawValue].compactMap(\.self)
            return "\(name.joined(separator: " ")): \(sides.joined(separator: " | "))"
        }
        #expect(told == row.wanted)
        #expect(found.allSatisfy { $0.findings == ["f"] || $0.matter == .signature })
    }

    @Test("are counted once for all findings on which the same tools disagree in the same way")
    func grouped() throws {
        let findings = (0..<200).map { Sample.finding("f\($0)", at: Sample.place(0, "/app/\($0)")) }
        let evidence = Sample.evidence(findings: findings, receipts: [Row.own, Row.tool("trivy")])
        let found = ContradictionCheck.contradictions(in: evidence)
        #expect(found.map(\.findings.count) == [200])
        let assessment = Evaluator.assess(
            evidence, against: Sample.policy([Sample.rule()], controls: []), asOf: Sample.now)
        #expect(assessment.contradictions == found)
        #expect(assessment.status == .fail)
    }

    /// A thousand cases of evidence; to each, tools are added that report nothing, that pass what others fail, that
    /// rate low, that were told to be silent, and that found a credential not to work.
    @Test("never make a pass of what somebody reports, nor make the image look better")
    func neverPass() {
        var contradicted = 0
        for seed: UInt64 in 0..<1000 {
            var random = SeededGenerator(seed: seed)
            let plain = RandomCase(using: &random)
            var other = plain
            for wanted in Sample.all + [.vulnerabilities] where random.chance(70) {
                other.receipts.append(Row.tool("silent-\(wanted)", [wanted]))
            }
            other.receipts.append(Row.tool("denier"))
            for index in other.findings.indices where random.chance(60) {
                let finding = other.findings[index]
                let own = Witness(
                    detector: finding.detector, rule: finding.rule, kind: finding.kind,
                    severity: finding.severity)
                let denial = Witness(
                    detector: "denier", rule: finding.rule, kind: finding.kind,
                    severity: random.chance(50) ? .info : nil, verified: random.chance(50) ? false : nil,
                    suppressed: random.chance(50) ? "told so" : nil, passed: random.chance(50) ? true : nil)
                other.findings[index].witnesses = (finding.witnesses ?? [own]) + [denial]
            }
            let (was, became) = (assess(plain), assess(other))
            contradicted += became.contradictions?.count ?? 0
            let old = Dictionary(uniqueKeysWithValues: was.rules.map { ($0.id, $0.status) })
            for new in became.rules where [.pass, .notApplicable].contains(new.status) {
                #expect(![.fail, .warn, .waived].contains(old[new.id]), "seed \(seed): \(new.id)")
            }
            for (id, status) in old where [.fail, .warn].contains(status) {
                #expect(became.rules.first { $0.id == id }?.status == status, "seed \(seed): \(id)")
            }
            // A rule that nobody had asked for a tool's word on may now be open, and then the verdict is withheld.
            let isNoBetter = [.fail, .notAssessed, .error].contains(became.status)
            if was.status == .fail { #expect(isNoBetter, "seed \(seed)") }
        }
        #expect(contradicted > 500, "too few contradictions to show anything")
    }

    private func assess(_ sample: RandomCase) -> Assessment {
        Evaluator.assess(
            sample.evidence, against: sample.policy, signOffs: sample.signOffs, asOf: Sample.now)
    }
}
