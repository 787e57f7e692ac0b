import Testing

@testable import PolicyLoading

@Suite struct SourceExcerptTests {
    @Test(
        "the caret stands below its character, whatever stands before it",
        arguments: [
            ("abc", 1, "abc", "^"), ("abc", 3, "abc", "  ^"), ("abc", 4, "abc", "   ^"),
            ("abc", 90, "abc", "   ^"),
            ("\tk: v", 2, "    k: v", "    ^"), ("漢字: x", 5, "漢字: x", "      ^"),
            ("e\u{301}x", 3, "e\u{301}x", " ^"), ("", 1, "", "^"),
            ("a\u{1b}[31mb", 7, "a\\x1b[31mb", "         ^"),
            ("a\u{202e}b", 3, "a\\u{202e}b", "         ^"), ("a\u{200b}b", 3, "a\\u{200b}b", "         ^"),
        ])
    func caret(line: String, column: Int, text: String, caret: String) {
        let excerpt = SourceExcerpt(line, column: column)
        #expect(excerpt.text == text)
        #expect(excerpt.caret == caret)
    }

    @Test(
        "a file that is no document of ours is not quoted: it may hold credentials",
        arguments: [("DB_PASSWORD=Lighthouse79", ""), ("kind: Polcy", "kind: Polcy")])
    func quoted(text: String, line: String) throws {
        let error = #expect(throws: PolicyDiagnostics.self) {
            try PolicyLoader.load([PolicySource(path: ".env", bytes: Array(text.utf8))])
        }
        #expect(error?.list.map(\.sourceLine) == [line])
    }

    @Test("of a long line the part around the column is shown", arguments: [1, 50, 500, 999, 1_000])
    func long(column: Int) {
        let letters = Array("abcdefghij")
        let line = String((0..<1_000).map { letters[$0 % 10] })
        let excerpt = SourceExcerpt(line, column: column)
        #expect((97...98).contains(excerpt.text.count))
        #expect(Array(excerpt.text)[excerpt.caret.count - 1] == letters[(column - 1) % 10])
    }

    @Test("nothing that a terminal acts on is printed, wherever it comes from")
    func hostile() {
        let diagnostic = Diagnostic(
            .yaml, file: "a\u{1b}]8;;x\u{7}.yaml", line: 1, column: 1, message: "m\n\u{9b}31m",
            suggestion: "s\r\u{2028}",
            sourceLine: "x\u{1b}[2J\u{0}")
        #expect(
            diagnostic.description.unicodeScalars.allSatisfy {
                $0 == "\n" || ![.control, .format, .lineSeparator].contains($0.properties.generalCategory)
            })
        #expect(diagnostic.description.split(separator: "\n").count == 4)
    }

    @Test("a long value is cut where a message names it")
    func quoted() {
        #expect(DisplayText.quoted("x") == "\"x\"")
        #expect(DisplayText.quoted(String(repeating: "x", count: 1_000)).count == 75)
    }
}

@Suite struct SuggestionTests {
    private let names = ["severity", "title", "remediation", "id", "each"]

    @Test(
        "the nearest name is suggested, and none where none is near",
        arguments: [
            ("severty", "\"severity\""), ("SEVERITY", "\"severity\""), ("titel", "\"title\""),
            ("ids", "\"id\""),
            ("ech", "\"each\""), ("remedation", "\"remediation\""), ("controls", nil), ("", nil), ("zz", nil),
        ])
    func nearest(written: String, wanted: String?) {
        #expect(Suggestion.nearest(to: written, among: names) == wanted)
    }

    @Test("nothing is suggested for a name of any length that no key has")
    func endless() {
        #expect(Suggestion.nearest(to: String(repeating: "x", count: 100_000), among: names) == nil)
    }

    @Test(
        "the distance counts letters put in, left out, replaced and swapped",
        arguments: [
            ("", "", 0), ("a", "", 1), ("abc", "acb", 1), ("kitten", "sitting", 3), ("abcd", "badc", 2),
        ])
    func distance(left: String, right: String, distance: Int) {
        #expect(Suggestion.distance(Array(left.unicodeScalars), Array(right.unicodeScalars)) == distance)
        #expect(Suggestion.distance(Array(right.unicodeScalars), Array(left.unicodeScalars)) == distance)
    }
}
