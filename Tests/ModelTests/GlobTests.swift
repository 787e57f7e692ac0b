import Model
import Testing

@Suite struct GlobTests {
    @Test(
        "a glob fits the whole text",
        arguments: [
            ("", ""), ("a", "a"), ("*", ""), ("*", "abc"), ("a*c", "abbc"), ("?", "x"),
            ("credential.*", "credential.cloud"),
            ("/etc/*", "/etc/passwd"), ("/etc/**", "/etc/a/b"), ("**", "/a/b"), ("**/x", "/a/b/x"),
            ("***", "/a/b"),
            ("/**/x", "//x"), ("*.pem", "a.b.pem"), ("a**b", "a/b"), ("**/*.txt", "/x.txt"), ("é", "é"),
            ("[a]", "[a]"), ("?", "é"), ("a?c", "a€c"), ("**?", "é"),
        ])
    func fits(pattern: String, text: String) { #expect(Glob(pattern).matches(text)) }

    @Test(
        "a glob fits no more than it says",
        arguments: [
            ("", "a"), ("a", ""), ("a", "ab"), ("*", "a/b"), ("?", "/"), ("?", ""), ("/etc/*", "/etc/a/b"),
            ("a*c", "abcd"),
            ("**/x", "x"), ("A", "a"), ("*.pem", "a/b.pem"), ("[a]", "a"), ("??", "é"),
        ])
    func fitsNot(pattern: String, text: String) { #expect(!Glob(pattern).matches(text)) }

    @Test("stars in a row cost no more than one")
    func hostile() {
        let pattern = String(repeating: "*a", count: 60) + "b"
        #expect(!Glob(pattern).matches(String(repeating: "a", count: 3_000)))
    }

    @Test("a star behind two of them is looked for as the same, however long the text is")
    func longText() {
        // Each of its words lets the star behind it begin anew.
        let words = String(repeating: "internal", count: 20_000)
        #expect(!Glob("**internal*only").matches(words))
        #expect(!Glob("**internal*only").matches(words + "/" + words))
        #expect(Glob("**internal*only").matches(words + "/internal é only"))
        #expect(Glob("**internal*?only").matches(words + "/" + words + "éonly"))
    }
}
