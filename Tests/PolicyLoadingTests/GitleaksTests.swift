import Model
import PolicyLoading
import Testing

struct GitleaksTests {
    private func load(_ text: String, _ path: String = "rules.toml") throws -> DetectorSelection {
        try PolicyLoader.loadDetectors([], beside: [Documents.source(path, text)])
    }

    @Test("a rule is carried over with all that decides what it finds")
    func whole() throws {
        let selection = try load(
            """
            title = "ours"
            [[rules]]
            id = "Acme_Key"
            description = "Acme API key"
            regex = '''(?i)acme(?P<what>[a-z]*)\\s*=\\s*([0-9a-f]{32})'''
            secretGroup = 2
            entropy = 3.5
            keywords = ["ACME"]
            path = '''\\.env$'''
            [[rules.allowlists]]
            condition = "AND"
            regexTarget = "line"
            regexes = ['''example''']
            stopwords = ["Dummy"]
            [rules.allowlist]
            paths = ['''test/''']
            """)
        let rule = try #require(selection.rules.first)
        #expect(rule.id == "gitleaks.acme-key" && rule.title == "Acme API key" && rule.isForeign)
        #expect(rule.pattern == #"(?i)acme([a-z]*)\s*=\s*(?<secret>[0-9a-f]{32})"#)
        #expect(rule.minimumEntropy == 3.5 && rule.keywords == ["acme"] && rule.pathPattern == #"\.env$"#)
        #expect(rule.source == "rules.toml:2")
        #expect(
            rule.exceptions == [
                DetectorException(patterns: ["example"], target: .line, words: ["dummy"], needsAll: true),
                DetectorException(paths: ["test/"]),
            ])
        #expect(selection.notes == [])
    }

    @Test("allowlists of the file are exceptions of every rule, or of those they name")
    func shared() throws {
        let selection = try load(
            """
            [allowlist]
            paths = ['''vendor/''']
            [[allowlists]]
            targetRules = ["b"]
            stopwords = ["sample"]
            [[rules]]
            id = "a"
            regex = "aaaa"
            [[rules]]
            id = "b"
            regex = "bbbb"
            """)
        #expect(selection.rules.map(\.exceptions.count) == [1, 2])
    }

    @Test(
        "what cannot be carried over is listed with its rule, and the rule is left out where it would find too much",
        arguments: [
            ("path = 'x'", true, "it has no \"regex\", and goes by the path alone"),
            ("regex = 'a'\n[[rules.required]]\nid = 'b'", true, "(\"required\")"),
            ("regex = 'a'\nskipReport = true", true, "(\"skipReport\")"),
            ("regex = '\\pL'", true, "Unicode classes"), ("regex = '(?U)a+'", true, "(?U)"),
            ("regex = '(a)'\nsecretGroup = 3", true, "\"secretGroup\" is 3, and it has 1"),
            ("regex = 'a'\ntags = ['x']", false, "\"tags\" are not kept"),
            ("regex = 'a'\nsecretgroup = 1", false, "the key \"secretgroup\" is not known here"),
            (
                "regex = 'a'\n[rules.allowlist]\ncommits = ['abc']", false,
                "\"commits\" says nothing of an image"
            ),
            (
                "regex = 'a'\n[[rules.allowlists]]\ncondition = 'AND'\ncommits = ['abc']\nregexes = ['b']",
                false,
                "\"commits\" never holds of an image"
            ),
            (
                "regex = 'a'\n[[rules.allowlists]]\nregexTarget = 'file'\nregexes = ['b']", false,
                "regexTarget\" is not known here"
            ),
            (
                "regex = 'a'\n[[rules.allowlists]]\nregexes = ['\\pL']", false,
                "a pattern of \"regexes\" is left out"
            ),
        ])
    func notCarried(_ keys: String, isLeftOut: Bool, note: String) throws {
        let selection = try load("[[rules]]\nid = \"acme\"\n\(keys)\n")
        #expect(selection.rules.isEmpty == isLeftOut)
        let text = try #require(selection.notes.first)
        #expect(text.hasPrefix("rules.toml:1: rule acme"))
        #expect(text.contains(note), "\(text)")
    }

    @Test("so is what the file asks for beside its rules")
    func extended() throws {
        let selection = try load("[extend]\nuseDefault = true\n[other]\n[[rules]]\nid = 'a'\nregex = 'a'\n")
        #expect(selection.rules.count == 1 && selection.notes.count == 2)
        #expect(selection.notes.contains { $0.contains("extend.useDefault") })
    }

    @Test(
        "what PCRE2 reads in another way than RE2 is written as it means the same",
        arguments: [
            (#"a\vb"#, #"a\x0Bb"#), (#"\Qa.(b\E(c)"#, #"a\.\(b(c)"#),
            (#"[]\v[:alpha:]](x)"#, #"[]\x0B[:alpha:]](x)"#),
            (#"(?P<n>a)\("#, #"(a)\("#), (#"(?:a)(?i:b)"#, #"(?:a)(?i:b)"#), (#"[(](a)"#, #"[(](a)"#),
        ])
    func translated(_ regex: String, _ pattern: String) throws {
        let selection = try load("[[rules]]\nid = 'a'\nregex = '''\(regex)'''\n")
        #expect(selection.rules.map(\.pattern) == [pattern])
    }

    @Test("mistakes are errors with their places: no TOML, no rules, no id, the same id twice")
    func mistakes() throws {
        func diagnostic(_ text: String) throws -> Diagnostic {
            let error = #expect(throws: PolicyDiagnostics.self) { try load(text) }
            return try #require(error?.list.first)
        }
        let broken = try diagnostic("title = 'x'\n[[rules]\n")
        #expect(broken.code == .malformed && broken.line == 2 && broken.sourceLine == "[[rules]")
        #expect(try diagnostic("title = 'x'").code == .tooFew)
        #expect(try diagnostic("[[rules]]\nregex = 'a'").code == .missingKey)
        let twice = try diagnostic("[[rules]]\nid = 'a'\nregex = 'a'\n[[rules]]\nid = 'A'\nregex = 'b'")
        #expect(
            twice.code == .duplicate && twice.line == 4 && twice.message.hasSuffix("first at rules.toml:1"))
    }

    @Test("an override speaks to such a rule as well, and an id of ours may not be given to one")
    func beside() throws {
        let file = Documents.source("r.toml", "[[rules]]\nid = 'acme'\nregex = 'a'\n")
        let own = Documents.source(
            "own.yaml",
            "apiVersion: palimpsest/v1\nkind: Detectors\noverrides:\n"
                + "  - {id: gitleaks.acme, severity: low, reason: r}\n")
        let selection = try PolicyLoader.loadDetectors([own], beside: [file])
        #expect(selection.rules.map(\.severity) == [.low])
    }

    @Test(
        "what is of another type than it should be is told, and never lets more through",
        arguments: [
            ("secretGroup = 1e300", "secretGroup"), ("secretGroup = -1", "secretGroup"),
            ("keywords = 3", "keywords"),
            ("[[rules.allowlists]]\ncondition = 'AND'\npaths = [3]\nregexes = ['a']", "paths"),
            ("[[rules.allowlists]]\ncondition = 'XOR'\nregexes = ['a']", "condition"),
        ])
    func types(_ line: String, _ word: String) throws {
        let selection = try load("[[rules]]\nid = 'a'\nregex = 'abcdef[0-9]{8}'\n\(line)\n")
        #expect(selection.rules.allSatisfy { $0.exceptions.isEmpty })
        #expect(
            selection.notes.contains { $0.contains(word) && $0.contains("left out") }, "\(selection.notes)")
    }

    @Test("one path without a list is a path, as gitleaks takes it")
    func onePath() throws {
        let selection = try load(
            "[[rules]]\nid = 'a'\nregex = 'abcdef[0-9]{8}'\n[[rules.allowlists]]\ncondition = 'AND'\n"
                + "paths = 'vendor/'\nregexes = ['abc']\n")
        #expect(selection.rules.first?.exceptions.map(\.paths) == [["vendor/"]])
    }
}
