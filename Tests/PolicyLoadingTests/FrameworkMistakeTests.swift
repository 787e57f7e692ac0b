import Model
import PolicyLoading
import Testing

@Suite struct FrameworkMistakeTests {
    @Test(
        "a mistake in a framework is told where it stands, with what was meant",
        arguments: [
            Mistake("edition: \"1.0\"", "edition: 1.0", .wrongType, "5:10", "is a number", "\"1.0\""),
            Mistake("scored: true", "scored: yes", .wrongType, "8:9", "must be true or false", "true"),
            Mistake(
                "source: https://example.com/demo", "source: javascript:alert(1)", .malformed, "7:9",
                "an address that begins with https://"),
            Mistake(
                "parent: PR", "parent: PX", .unknownReference, "14:13", "there is no group \"PX\"", "\"PR\""),
            Mistake("title: Protect", "title: Protect\n    parent: PR.DS", .cycle, "12:13", "its own parent"),
            Mistake(
                "- id: ZT\n", "- id: PR.DS\n", .duplicate, "15:9",
                "the group \"PR.DS\" stands here a second time, first at framework.yaml:12"),
            Mistake(
                "id: PR.DS-10", "id: PR.DS-01", .duplicate, "28:9",
                "the control \"PR.DS-01\" stands here a second time"),
            Mistake("id: PR.DS-10", "id: PR.DS-1", .duplicate, "28:9", "first at framework.yaml:21"),
            Mistake("id: PR.DS-10", "id: PR/DS", .malformed, "28:9", "letters and digits"),
            Mistake(
                "group: PR.DS\n    reach", "group: PR.SD\n    reach", .unknownReference, "26:12",
                "there is no group \"PR.SD\"", "\"PR.DS\""),
            Mistake(
                "reach: decides", "reach: decide", .unknownValue, "22:12",
                "decides, partial, indicates, fleet or none", "\"decides\""),
            Mistake(
                "    canSay: whether a secret lies in a layer\n", "", .missingKey, "18:5",
                "reach decides needs the key \"canSay\""),
            Mistake(
                "reach: none", "reach: none\n    canSay: much", .contradiction, "28:13",
                "nothing for \"canSay\""),
            Mistake(
                "successors: [PR.DS-01]", "successors: [PR.DS-9]", .unknownReference, "37:18",
                "there is no control \"PR.DS-9\"", "\"PR.DS-1\""),
            Mistake(
                "successors: [PR.DS-01]", "successors: [PR.DS-5]", .contradiction, "37:17",
                "is withdrawn itself"),
        ])
    func framework(mistake: Mistake) {
        // Of what follows from a control that could not be read, nothing is told.
        mistake.check(Documents.diagnostics(replacing: mistake.old, with: mistake.new))
    }

    @Test("a framework is checked even where no policy is")
    func alone() {
        let source = Documents.source(
            "f.yaml", Documents.framework.replacing("reach: none", with: "reach: nne"))
        #expect(throws: PolicyDiagnostics.self) { try PolicyLoader.load([source]) }
    }

    @Test("a control of two frameworks must be written with its framework's id")
    func ambiguous() throws {
        let other = Documents.source(
            "other.yaml", Documents.framework.replacing("id: demo", with: "id: other"))
        let framework = Documents.source("framework.yaml", Documents.framework)
        let policy = Documents.source("policy.yaml", Documents.policy)
        let error = #expect(throws: PolicyDiagnostics.self) {
            try PolicyLoader.loadPolicy([framework, other, policy], digest: Documents.digest)
        }
        #expect(error?.list.map(\.code) == [.ambiguousControl])
        #expect(error?.list.first?.message.contains("write demo/PR.DS-1 or other/PR.DS-1") == true)
        let exact = Documents.source(
            "policy.yaml", Documents.policy.replacing("control: PR.DS-1,", with: "control: other/PR.DS-1,"))
        let loaded = try PolicyLoader.loadPolicy([framework, other, exact], digest: Documents.digest)
        #expect(loaded.rules.first?.controls.first?.framework == "other")
        #expect(loaded.rules.first?.controls.first?.control == "PR.DS-01")
    }

    @Test("two frameworks of one id are refused")
    func twice() {
        let error = #expect(throws: PolicyDiagnostics.self) {
            try PolicyLoader.load([
                Documents.source("a.yaml", Documents.framework),
                Documents.source("b.yaml", Documents.framework),
            ])
        }
        #expect(error?.list.map(\.code) == [.duplicate])
        #expect(error?.list.first?.file == "b.yaml")
    }
}

extension String {
    /// The text with the first `old` replaced.
    func replacing(_ old: String, with new: String) -> String {
        guard let range = firstRange(of: old) else { return self }
        return self[..<range.lowerBound] + new + self[range.upperBound...]
    }
}
