import Model
import Testing

@testable import Reporting

@Suite("Witnesses of a finding")
struct WitnessRowTests {
    private static func rows(_ witnesses: [Witness]) -> [(name: SafeText, value: SafeText)] {
        var finding = ReportCase.leakyAgent.evidence.findings[0]
        finding.witnesses = witnesses
        return WitnessRow.rows([finding], SilentTools([]))
    }

    @Test("twenty are shown, and of a name no more than a line takes")
    func bounded() throws {
        let long = String(repeating: "long", count: 1000)
        let witnesses = (10..<60).map { number in
            Witness(detector: "\(number)\(long)", rule: long, kind: .serviceCredential, severity: .high)
        }
        let text = try #require(Self.rows(witnesses).first?.value.text)
        #expect(text.hasSuffix("; and 30 more"))
        #expect(text.utf8.count < 20 * 300)
    }

    @Test("their order is that of what they say, whatever order they came in")
    func ordered() {
        let witnesses = [(Severity.high, true), (.low, false), (.high, false), (.low, true)].map {
            Witness(detector: "a", rule: "r", kind: .serviceCredential, severity: $0, verified: $1)
        }
        #expect(witnesses.sorted() == witnesses.reversed().sorted())
        #expect(Self.rows(witnesses).map(\.value) == Self.rows(witnesses.reversed()).map(\.value))
    }

    @Test("tell of tools that looked and report nothing, and of those that passed the check")
    func silence() throws {
        let finding = ReportCase.leakyAgent.evidence.findings[0]
        let silent = SilentTools([
            Contradiction(
                .presence, evidence: .secrets,
                sides: [
                    .init(says: "reported", tools: ["palimpsest 0.1.0"]),
                    .init(says: Contradiction.notReported, tools: ["trivy 0.50"]),
                ], findings: [finding.id])
        ])
        #expect(WitnessRow.rows([finding], silent).map(\.name) == ["not reported by"])
        #expect(
            WitnessRow.rows([finding], silent).map(\.value) == ["trivy 0.50 (completed, looked for secrets)"])
        var other = finding
        other.id = "other"
        #expect(
            WitnessRow.rows([finding, other], silent).map(\.value)
                == ["trivy 0.50 (completed, looked for secrets), in 1 of 2 places"])
        let rows = Self.rows([
            Witness(detector: "a", rule: "r", kind: .misconfiguration, severity: .high),
            Witness(detector: "b", rule: "r", kind: .misconfiguration, severity: nil, passed: true),
        ])
        #expect(rows.map(\.value) == ["a r, high; b r, passed", "the check: failed or passed"])
    }

    @Test(
        "contradictions are listed in the pages, with the subjects that they are about, and only where there are any"
    )
    func listed() throws {
        let plain = ReportCase.leakyAgent
        let told = Contradiction(
            .severity, evidence: .secrets,
            sides: [.init(says: "low", tools: ["b <img>"]), .init(says: "high", tools: ["a 1"])],
            findings: [plain.evidence.findings[0].id])
        for format in ["html", "markdown"] {
            let writer = try #require(ReportFormats.all.first { $0.id == format })
            func page(_ contradictions: [Contradiction]) throws -> String {
                let old = plain.assessment
                let assessment = Assessment(
                    image: old.image, asOf: old.asOf, policy: old.policy, status: old.status,
                    reason: old.reason,
                    rules: old.rules, controls: old.controls, contradictions: contradictions)
                let changed = ReportCase(
                    name: "told", evidence: plain.evidence, assessment: assessment, policy: plain.policy)
                return String(decoding: try writer.write(changed.report), as: UTF8.self)
            }
            #expect(try page([told]).contains("how severe it is, looking for secrets"))
            // In Markdown it stands in a code span.
            #expect(try format != "html" || !page([told]).contains("b <img"))
            #expect(try !page([]).contains("Where detectors disagree"))
        }
    }
}
