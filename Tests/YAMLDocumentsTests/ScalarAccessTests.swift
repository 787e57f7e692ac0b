import Testing
import YAMLDocuments

@Suite struct ScalarAccessTests {
    private func node(_ text: String) throws -> YAMLNode {
        let root = try YAMLDocument.parse(Array("v: \(text)\n".utf8), file: "a.yaml").root
        return try #require(root["v"])
    }

    @Test(
        "text in quotes is text, whatever it looks like",
        arguments: ["\"2.0\"", "'no'", "\"012\"", "'~'", "\"\""])
    func quoted(text: String) throws {
        #expect(try node(text).string() == String(text.dropFirst().dropLast()))
    }

    @Test(
        "what is no text to every reader must be in quotes",
        arguments: [
            ("2.0", "must be text, and without quotes is a number", "\"2.0\""),
            ("no", "must be text, and without quotes is a boolean in YAML 1.1", "\"no\""),
            ("true", "must be text, and without quotes is a boolean", "\"true\""),
            ("22:22", "must be text, and without quotes is a number in base 60 in YAML 1.1", "\"22:22\""),
            ("012", "must be text, and without quotes is a number", "\"012\""),
            ("1_000", "must be text, and without quotes is a number in YAML 1.1", "\"1_000\""),
            ("2025-01-31", "must be text, and without quotes is a timestamp in YAML 1.1", "\"2025-01-31\""),
            ("", "must be text, and is empty", nil), ("[a]", "must be text, and is a list", nil),
            ("{a: b}", "must be text, and is a mapping", nil),
        ])
    func ambiguous(text: String, reason: String, remedy: String?) throws {
        let error = #expect(throws: YAMLMismatch.self) { try node(text).string() }
        #expect(error?.reason == reason)
        #expect(error?.remedy == remedy)
    }

    @Test("a boolean is true or false and nothing else")
    func booleans() throws {
        #expect(try node("true").boolean())
        #expect(try !node("False").boolean())
        for (text, remedy) in [
            ("yes", "true"), ("off", "false"), ("'true'", "true"), ("1", nil), ("[]", nil),
        ] {
            let error = #expect(throws: YAMLMismatch.self) { try node(text).boolean() }
            #expect(error?.remedy == remedy)
        }
    }

    @Test("a whole number means the same to every reader, and fits")
    func integers() throws {
        #expect(try node("-30").integer() == -30)
        #expect(try node("0x1F").integer() == 31)
        for text in ["012", "0o17", "1_000", "22:22", "1.5", "'1'", "x", "~", "9223372036854775808", ".nan"] {
            #expect(throws: YAMLMismatch.self) { try node(text).integer() }
        }
    }

    @Test("a number is finite")
    func numbers() throws {
        #expect(try node("3.5").number() == 3.5)
        #expect(try node("4").number() == 4)
        for text in [".inf", ".nan", "1e999", "1_0.5", "'1'", "{}"] {
            #expect(throws: YAMLMismatch.self) { try node(text).number() }
        }
    }
}
