import Model
import PolicyLoading
import Testing

struct OverrideTests {
    private static func overrides(_ lines: String) -> PolicySource {
        Documents.source("own.yaml", "apiVersion: palimpsest/v1\nkind: Detectors\noverrides:\n\(lines)")
    }

    private static let rules = Documents.source("rules.yaml", Documents.detectors)

    private func error(_ lines: String) throws -> Diagnostic {
        let error = #expect(throws: PolicyDiagnostics.self) {
            try PolicyLoader.loadDetectors([Self.rules, Self.overrides(lines)], beside: [])
        }
        return try #require(error?.list.first)
    }

    @Test("a rule gets the severity and confidence that an override gives it, which is noted with its reason")
    func tuned() throws {
        let plain = try PolicyLoader.loadDetectors([Self.rules])
        let id = try #require(plain.first).id
        let selection = try PolicyLoader.loadDetectors(
            [
                Self.rules,
                Self.overrides("  - {id: \(id), severity: info, confidence: low, reason: not ours}\n"),
            ],
            beside: [])
        #expect(selection.rules.map(\.severity) == [.info])
        #expect(selection.rules.map(\.confidence) == [.low])
        let note = try #require(selection.notes.first)
        #expect(note.contains("severity info instead of \(plain[0].severity.rawValue)"))
        #expect(note.hasSuffix("(own.yaml:4): not ours"))
    }

    @Test("a rule can be switched off, and that is noted")
    func disabled() throws {
        let id = try #require(try PolicyLoader.loadDetectors([Self.rules]).first).id
        let selection = try PolicyLoader.loadDetectors(
            [Self.rules, Self.overrides("  - {id: \(id), disabled: true, reason: not ours}\n")], beside: [])
        #expect(selection.rules.isEmpty)
        #expect(selection.notes == ["rule \(id): switched off (own.yaml:4): not ours"])
    }

    @Test("an override of no rule, of nothing, without a reason, or twice is refused")
    func mistakes() throws {
        let id = try #require(try PolicyLoader.loadDetectors([Self.rules]).first).id
        let unknown = try error("  - {id: \(id)x, severity: low, reason: r}\n")
        #expect(
            unknown.code == .unknownReference && unknown.suggestion == "\"\(id)\""
                || unknown.suggestion?.contains(id) == true)
        #expect(try error("  - {id: \(id), reason: r}\n").code == .contradiction)
        #expect(try error("  - {id: \(id), severity: low}\n").code == .missingKey)
        let twice = try error(
            "  - {id: \(id), severity: low, reason: r}\n  - {id: \(id), severity: high, reason: r}\n")
        #expect(twice.code == .duplicate && twice.line == 5 && twice.message.hasSuffix("first at own.yaml:4"))
    }

    @Test("a document without rules, overrides and allow lists is refused")
    func empty() {
        let source = Documents.source("own.yaml", "apiVersion: palimpsest/v1\nkind: Detectors\n")
        let error = #expect(throws: PolicyDiagnostics.self) { try PolicyLoader.loadDetectors([source]) }
        #expect(error?.list.map(\.code) == [.missingKey])
    }
}
