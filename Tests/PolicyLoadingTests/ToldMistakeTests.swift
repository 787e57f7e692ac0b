import Model
import PolicyLoading
import Testing

@Suite("Of one mistake")
struct ToldMistakeTests {
    private static func told(_ texts: [String], signed: [String] = []) -> [Diagnostic] {
        let sources = texts.enumerated().map { Documents.source("\($0).yaml", $1) }
        let signOffs = signed.enumerated().map { Documents.source("signed\($0).yaml", $1) }
        do throws(PolicyDiagnostics) {
            _ = try PolicyLoader.load(
                policy: sources, digest: Documents.digest, signOffs: signOffs, digest: Documents.digest)
            return []
        } catch {
            return error.list
        }
    }

    private static func heir(_ id: String, of parents: String, _ rest: String = "") -> String {
        "apiVersion: palimpsest/v1\nkind: Policy\nid: \(id)\ntitle: \(id)\nextends: [\(parents)]\n\(rest)"
    }

    private static let untitledParent = TailoringTests.parent.replacing("title: Baseline\n", with: "")
    private static let child = TailoringTests.child

    @Test(
        "nothing is said that follows from it: neither of rules, nor of policies, nor of parameters",
        arguments: [
            ("names where a list must be", [child.replacing("[baseline]", with: "baseline")], .notList),
            ("a number among the names", [child.replacing("[baseline]", with: "[7]")], .wrongType),
            ("a parent that is no YAML", ["a: [", child], .yaml),
            ("a parent without a title", [untitledParent, child], .missingKey),
            (
                "a parent whose parameters are text",
                [
                    TailoringTests.parent.replacing("parameters:\n  -", with: "parameters: none\nx:\n  -")
                        .replacing("{parameter: age}", with: "30d"), child,
                ], .notList
            ),
            (
                "an heir of two without a title",
                [
                    TailoringTests.parent, heir("one", of: "baseline"), heir("two", of: "baseline"),
                    heir("top", of: "one, two").replacing("title: top\n", with: ""),
                ], .missingKey
            ),
        ] as [(String, [String], Diagnostic.Code)])
    func followOns(name: String, texts: [String], code: Diagnostic.Code) {
        let told = Self.told([Documents.framework] + texts).filter { $0.code != .unknownKey }
        #expect(told.map(\.code) == [code], "\(name): \(told)")
    }

    @Test("what another document has wrong by itself is said beside it")
    func others() {
        let broken = Self.child.replacing("[baseline]", with: "[basline]")
        let told = Self.told([Documents.framework, Self.untitledParent, broken])
        #expect(told.map(\.code) == [.missingKey, .unknownReference])
    }

    @Test(
        "a rule or parameter that one document tailors twice is told once",
        arguments: [
            "set: [{parameter: age, value: 90, reason: r}, {parameter: age, value: 80, reason: r}]\n",
            "disable: [{rule: secrets.none, reason: r}, {rule: secrets.none, reason: r}]\n",
            "disable: [{rule: secrets.none, reason: r}]\n"
                + "overrides: [{rule: secrets.none, effect: warn, reason: r}]\n",
        ])
    func twice(tailoring: String) {
        let texts = [Documents.framework, TailoringTests.parent, Self.heir("top", of: "baseline", tailoring)]
        let told = Self.told(texts)
        #expect(told.map(\.code) == [.duplicate], "\(told)")
    }

    @Test(
        "a suggestion is a value that can be given, or there is none",
        arguments: [
            ("severity: high", "severity: 7", "\"severity\" is \"7\", and must be info, low", nil),
            ("severity: high", "severity: true", "\"severity\" is \"true\", and must be info", nil),
            ("effect: fail", "effect: no", "\"effect\" is \"no\", and must be", nil),
            ("kind: Policy", "kind: 7", "there is no kind \"7\"", nil),
            ("id: secrets.none", "id: 1.5.", "must be", nil),
            ("id: secrets.none", "id: 7", "without quotes is a number", "\"7\""),
            ("edition: \"1.0\"", "edition: 1.0", "without quotes is a number", "\"1.0\""),
            ("effect: fail", "effect: fail\n    atMost: \"-5\"", "in quotes is text", nil),
            ("effect: fail", "effect: fail\n    atMost: \"5\"", "in quotes is text", "5"),
        ] as [(String, String, String, String?)])
    func suggestions(old: String, new: String, message: String, suggestion: String?) {
        let told = Documents.diagnostics(replacing: old, with: new)
        #expect(told.contains { $0.message.contains(message) && $0.suggestion == suggestion }, "\(told)")
    }

    @Test("a document that is no mapping is answered with the keys that it needs")
    func noMapping() {
        let told = Self.told([Documents.framework, Documents.policy], signed: ["- waivers\n"])
        #expect(told.count == 1)
        let message = told.first?.message ?? ""
        #expect(message.contains("\"apiVersion\" and \"kind\": Waivers or Attestations"), "\(message)")
    }
}
