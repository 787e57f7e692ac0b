import PolicyLoading
import Testing

@Suite struct PolicyDiagnosticsTests {
    private func diagnostics(_ sources: [PolicySource]) -> PolicyDiagnostics? {
        do throws(PolicyDiagnostics) {
            _ = try PolicyLoader.loadPolicy(sources, digest: Documents.digest)
            return nil
        } catch {
            return error
        }
    }

    private var broken: [PolicySource] {
        [
            Documents.source(
                "rules.yaml",
                """
                apiVersion: palimpsest/v1
                kind: Policy
                id: baseline
                titel: Baseline
                rules:
                  - id: Secrets
                    title: "漢字\u{9}tab" # a\u{202e}b
                    rationale: [r]
                    requires: [secret]
                    each: finding
                    match: {field: kidn, equals: x}
                    effect: fail
                    severity: high
                    remediation: yes
                    controls: [{control: DEMO-2, relation: direct, rationale: r, weight: 1}]
                    \u{6f22}\u{5b57}: "\u{9}"

                """),
            Documents.source(
                "framework.yaml",
                """
                apiVersion: palimpsest/v1
                kind: Framework
                id: demo
                title: Demo
                edition: 2.0
                publisher: Nobody
                source: https://example.com
                scored: true
                groups: [{id: G, title: Group}]
                controls: [{id: DEMO-1, title: One, group: H, reach: decides}]

                """),
            Documents.source("broken.yaml", "a: [1\n"),
        ]
    }

    @Test("everything that is wrong in every file is told at once, in order, with line, caret and suggestion")
    func text() {
        #expect(
            diagnostics(broken)?.description == """
                broken.yaml:2:1: error: while parsing a flow sequence that begins at line 1, column 4: did not find expected ',' or ']'
                 2 |
                   | ^
                framework.yaml:5:10: error: "edition" must be text, and without quotes is a number
                 5 | edition: 2.0
                   |          ^
                   = did you mean "2.0"?
                framework.yaml:10:12: error: a control with reach decides needs the key "canSay"
                 10 | controls: [{id: DEMO-1, title: One, group: H, reach: decides}]
                    |            ^
                framework.yaml:10:44: error: there is no group "H"
                 10 | controls: [{id: DEMO-1, title: One, group: H, reach: decides}]
                    |                                            ^
                    = did you mean "G"?
                rules.yaml:1:1: error: a policy needs the key "title": the same in every document of one policy
                 1 | apiVersion: palimpsest/v1
                   | ^
                rules.yaml:4:1: error: a policy has no key "titel"
                 4 | titel: Baseline
                   | ^
                   = did you mean "title"?
                rules.yaml:6:9: error: "id" is "Secrets" and must be lower-case letters and digits, in parts joined by dots or dashes
                 6 |   - id: Secrets
                   |         ^
                rules.yaml:8:16: error: "rationale" must be text, and is a list
                 8 |     rationale: [r]
                   |                ^
                rules.yaml:9:16: error: "requires" is "secret", which is no value it can have
                 9 |     requires: [secret]
                   |                ^
                   = did you mean "secrets"?
                rules.yaml:11:20: error: no field of each finding is called "kidn"
                 11 |     match: {field: kidn, equals: x}
                    |                    ^
                    = did you mean "kind"?
                rules.yaml:14:18: error: "remediation" must be text, and without quotes is a boolean in YAML 1.1
                 14 |     remediation: yes
                    |                  ^
                    = did you mean "yes"?
                rules.yaml:15:66: error: an edge has no key "weight"
                 15 |     controls: [{control: DEMO-2, relation: direct, rationale: r, weight: 1}]
                    |                                                                  ^
                rules.yaml:16:5: error: a rule has no key "漢字"
                 16 |     漢字: "    "
                    |     ^
                13 errors
                """)
    }

    @Test("of very many mistakes all are counted and the first are shown")
    func many() {
        let keys = (0..<5_000).map { "k\($0): x" }.joined(separator: ", ")
        let found = diagnostics([Documents.source("a.yaml", "{kind: Policy, \(keys)}")])
        let count = found?.list.count
        #expect(count == 5_003)
        let text = found?.description ?? ""
        #expect(text.hasSuffix("5003 errors, of which these are the first 200"))
        #expect(text.utf8.count < 100_000)
    }

    @Test("the order of the files makes no difference")
    func order() {
        let first = diagnostics(broken)
        #expect(first?.list == first?.list.sorted())
        #expect(diagnostics(broken.reversed())?.description == first?.description)
    }
}
