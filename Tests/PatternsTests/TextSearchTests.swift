import Patterns
import Testing

struct TextSearchTests {
    @Test(
        "looks anywhere in the text, character by character",
        arguments: [
            ("b", "abc", true), ("^b", "abc", false), ("^a.c$", "aüc", true), ("a..c", "aüc", false),
            ("(?i)MÜLLER", "müller", true), ("", "", true), ("\\d+", "layer 7", true),
        ])
    func finds(pattern: String, text: String, isFound: Bool) throws {
        #expect(try TextSearch(pattern).matches(text) == isFound)
    }

    @Test("gives up where a pattern goes through a text in too many ways")
    func exhausted() throws {
        #expect(try TextSearch("^(a+)+$").matches(String(repeating: "a", count: 40) + "b") == nil)
    }

    @Test(
        "a pattern that PCRE2 does not take is an error with its place", arguments: [("a(", 2), ("[z-a]", 3)])
    func refused(pattern: String, offset: Int) {
        let error = #expect(throws: PatternError.self) { try TextSearch(pattern) }
        #expect(error?.offset == offset && error?.reason.isEmpty == false)
    }
}
