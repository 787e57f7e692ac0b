import Model
import Testing

@testable import Reporting

@Suite("Witnesses of a finding")
struct WitnessRowTests {
    private static func rows(_ witnesses: [Witness]) -> [(name: SafeText, value: SafeText)] {
        var finding = ReportCase.leakyAgent.evidence.findings[0]
        finding.witnesses = witnesses
        return WitnessRow.rows([finding])
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
}
