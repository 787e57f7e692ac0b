import Model
import PolicyLoading
import Testing

struct AllowListTests {
    private static func lists(_ lines: String) -> PolicySource {
        Documents.source("lists.yaml", "apiVersion: palimpsest/v1\nkind: Detectors\nallowLists:\n\(lines)")
    }

    private static let list = lists("  - {id: samples, title: Samples, patterns: ['^a', '^b']}\n")

    private static func rules(taking lines: String) -> PolicySource {
        let text = Documents.detectors.replacing(
            "expires: false\n", with: "\(lines)\n    expires: false\n")
        return Documents.source("rules.yaml", text)
    }

    private func errors(_ sources: [PolicySource]) throws -> [Diagnostic] {
        try #require(
            #expect(throws: PolicyDiagnostics.self) { try PolicyLoader.loadDetectors(sources) }
        ).list
    }

    @Test(
        "a rule lets be what its lists and its own patterns say, in whatever order the files come",
        arguments: [[0, 1], [1, 0]])
    func taken(order: [Int]) throws {
        let sources = [Self.list, Self.rules(taking: "allowLists: [samples]\n    allow: ['^c']")]
        let rules = try PolicyLoader.loadDetectors(order.map { sources[$0] })
        #expect(rules.map(\.allow) == [["^a", "^b", "^c"]])
    }

    @Test("a list that there is not is an error where it is named, with what was meant")
    func unknown() throws {
        let errors = try errors([Self.list, Self.rules(taking: "allowLists: [sample]")])
        #expect(errors.map(\.code) == [.unknownReference])
        #expect(errors.map(\.message) == ["there is no allow list \"sample\""])
        #expect(errors.map(\.suggestion) == ["\"samples\""])
        #expect(errors.map(\.line) == [14])
    }

    @Test("a list of a name that another has, or without patterns, is refused")
    func mistakes() throws {
        let twice = Self.lists(
            "  - {id: a, title: A, patterns: [x]}\n  - {id: a, title: B, patterns: [z]}\n")
        #expect(try errors([twice]).map(\.code) == [.duplicate])
        #expect(try errors([Self.lists("  - {id: a, title: A, patterns: []}\n")]).map(\.code) == [.tooFew])
        #expect(try errors([Self.lists("  - {id: a, patterns: [x]}\n")]).map(\.code) == [.missingKey])
    }
}
