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
            ("[a]", "[a]"),
        ])
    func fits(pattern: String, text: String) { #expect(Glob(pattern).matches(text)) }

    @Test(
        "a glob fits no more than it says",
        arguments: [
            ("", "a"), ("a", ""), ("a", "ab"), ("*", "a/b"), ("?", "/"), ("?", ""), ("/etc/*", "/etc/a/b"),
            ("a*c", "abcd"),
            ("**/x", "x"), ("A", "a"), ("*.pem", "a/b.pem"), ("[a]", "a"),
        ])
    func fitsNot(pattern: String, text: String) { #expect(!Glob(pattern).matches(text)) }

    @Test("stars in a row cost no more than one")
    func hostile() {
        let pattern = String(repeating: "*a", count: 60) + "b"
        #expect(!Glob(pattern).matches(String(repeating: "a", count: 3_000)))
    }
}
