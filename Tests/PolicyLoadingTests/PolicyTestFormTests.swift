import Model
import PolicyLoading
import Testing

@Suite("Tests of policies")
struct PolicyTestFormTests {
    static let document = """
        apiVersion: palimpsest/v1
        kind: PolicyTest
        policy: baseline
        cases:
          - name: a key is seen
            evidence:
              findings:
                - {kind: key.private, path: /a, keyBits: 1024}
            wants:
              rules:
                secrets.none: fail
              violations:
                secrets.none: 1

        """

    private static func load(_ text: String) throws(PolicyDiagnostics) -> [PolicyCase] {
        try PolicyLoader.loadCases([
            PolicySource(path: "framework.yaml", bytes: Array(Documents.framework.utf8)),
            PolicySource(path: "policy.yaml", bytes: Array(Documents.policy.utf8)),
            PolicySource(path: "test.yaml", bytes: Array(text.utf8)),
        ])
    }

    @Test(
        "with a mistake are refused where it is",
        arguments: [
            Mistake(
                "policy: baseline", "policy: baselin", .unknownReference, "3:9", "no policy", "\"baseline\""),
            Mistake("    wants:", "    want: {}\n    wants:", .unknownKey, "9:5", "no key", "\"wants\""),
            Mistake("path: /a, ", "", .missingKey, "8:11", "nowhere"),
            Mistake("path: /a", "path: /a, config: User", .contradiction, "8:49", "either in a file"),
            Mistake("path: /a", "path: /a, layer: 7", .contradiction, "8:48", "no layer 7"),
            Mistake("keyBits: 1024", "keybits: 1024", .unknownKey, "8:41", "no key", "\"keyBits\""),
            Mistake("keyBits: 1024", "keyBits: many", .wrongType, "8:50", "must be a whole number"),
            Mistake(
                "kind: key.private", "kind: key.privat", .unknownValue, "8:18", "no value", "\"key.private\""),
            Mistake(
                "secrets.none: fail", "secrets.nine: fail", .unknownReference, "11:9", "no rule",
                "\"secrets.none\""),
            Mistake(
                "secrets.none: fail", "secrets.none: fial", .unknownValue, "11:23", "must be", "\"fail\""),
            Mistake("secrets.none: 1", "secrets.none: -1", .malformed, "13:23", "between 0"),
        ])
    func mistakes(_ mistake: Mistake) throws {
        let changed = Self.document.replacing(mistake.old, with: mistake.new)
        try #require(changed != Self.document)
        let error = #expect(throws: PolicyDiagnostics.self) { try Self.load(changed) }
        mistake.check(error?.list ?? [])
    }

    @Test("say what they are for, what is given and what must come out")
    func read() throws {
        let wanted = try #require(try Self.load(Self.document).first)
        #expect(wanted.policy == "baseline")
        #expect(wanted.source == "test.yaml:5")
        #expect(wanted.wants.rules == ["secrets.none": .fail])
        guard case .evidence(let evidence) = wanted.given else {
            Issue.record("the evidence is stated")
            return
        }
        #expect(evidence.findings.first?.attributes == ["keyBits": .number(1024)])
        #expect(evidence.receipts.count == 4)
    }
}
