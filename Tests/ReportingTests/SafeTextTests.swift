import Reporting
import Testing

@Suite("Making text safe to show")
struct SafeTextTests {
    @Test(
        "what misleads is written out",
        arguments: [
            ("a\u{1b}[31mb", "a\\x1b[31mb"), ("a\nb\tc\r", "a\\nb\\tc\\r"), ("\u{0}", "\\x00"),
            ("\u{9b}2J", "\\x9b2J"), ("safe\u{202e}txt", "safe\\u{202e}txt"), ("a\u{200b}b", "a\\u{200b}b"),
            ("\u{fffe}", "\\u{fffe}"), ("a\u{a0}b", "a\\xa0b"), ("\u{e0041}", "\\u{e0041}"),
            ("\u{3164}", "\\u{3164}"), ("\"\u{301}", "\"\\u{301}"), ("e\u{301}", "e\u{301}"),
            ("日本語 Ünï", "日本語 Ünï"), ("##[error]x", "#\\x23[error]x"), ("##vso[task]", "#\\x23vso[task]"),
            ("::error::x", "\\x3a:error::x"), ("  ::set-env", "\\x3a:set-env"), ("::1", "::1"),
            ("a::b", "a::b"),
            ("plain text", "plain text"), ("", ""), ("\u{2028}", "\\u{2028}"), ("a\\b", "a\\b"),
            // One character with what stands behind it, to Swift.
            ("\u{d4e}##[x]", "\\u{d4e}#\\x23[x]"), ("#\u{d4e}#", "#\\u{d4e}#"),
            ("\u{d4e}\u{d15}", "\u{d4e}\u{d15}"),
            ("a\u{2800}", "a\\u{2800}"), ("\u{378}", "\\u{378}"),
        ])
    func escapes(input: String, shown: String) {
        #expect(SafeText.cleaning(input).text.unicodeScalars.elementsEqual(shown.unicodeScalars))
    }

    @Test("long text keeps its beginning and its end, and says how much was cut")
    func cut() {
        let path = "/" + String(repeating: "a", count: 1000) + "/end.key"
        let shown = SafeText.cleaning(path, limit: 90).text
        #expect(shown.hasPrefix("/aaa"))
        #expect(shown.hasSuffix("/end.key"))
        #expect(shown.contains("[… 919 characters cut …]"))
    }

    @Test("heaps of combining marks are cut down to three")
    func marks() {
        let shown = SafeText.cleaning("a" + String(repeating: "\u{335}", count: 9)).text
        #expect(shown.unicodeScalars.count { $0 == "\u{335}" } == 3)
        #expect(shown.contains("\\u{335}"))
    }

    @Test(
        "numbers look the same in every locale",
        arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000")])
    func grouped(number: Int, text: String) {
        #expect(SafeText.grouped(number).text == text)
    }

    @Test(
        "bytes are told in the unit that fits",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (12_345, "12.3 kB"), (999_999, "999.9 kB"),
            (1_000_000, "1.0 MB"), (4_800_000_000, "4.8 GB"), (7_000_000_000_000, "7.0 TB"),
        ])
    func bytes(count: Int, text: String) {
        #expect(SafeText.bytes(count).text == text)
    }

    @Test("where there is no room for all of a name its end is kept")
    func ends() {
        let name = SafeText.cleaning("docker://registry.example/team/api:1.2")
        #expect(name.shortenedToEnd(of: 11).text == "…am/api:1.2")
        #expect(name.shortenedToEnd(of: 38) == name)
        #expect(name.shortenedToEnd(of: 37).text == "…" + name.text.suffix(36))
    }
}
