import Testing

@testable import Detection

struct PatternNodeTests {
    @Test(
        "literal characters are those that every match has in a row",
        arguments: [
            ("ghp_[A-Za-z0-9]{36}", 4), (#"\bkey\s*="#, 3), ("(?i)Key", 3), ("(?:abc|de)x", 3), ("a+bc", 3),
            ("(abcd)?", 0),
            (#"\d{10}"#, 0), (#"\Qa.b\E"#, 3), ("[x]yz", 3), ("(?:ab){3}", 6), ("x(?=abc)", 1), ("", 0),
            ("a|", 0),
            (#"\x41\x42\x43"#, 3), ("xox[bp]-", 5), ("(?x) a b  c # and so on", 3),
        ])
    func literals(_ pattern: String, _ count: Int) throws {
        #expect(try #require(PatternParser.parse(pattern)).literals == count)
    }

    @Test(
        "what is not known is left alone", arguments: [#"\p{Lu}"#, "(?(1)a|b)", #"\g{1}"#, "[", "(a", #"\"#])
    func unknown(_ pattern: String) { #expect(PatternParser.parse(pattern) == nil) }

    @Test(
        "the longest match has all that is looked at before and behind it",
        arguments: [
            ("ghp_[A-Za-z0-9]{36}", 40), ("a|bcd|", 3), (#"^\bx{2,5}?y?$"#, 6),
            (#"(?<![a-z]{2})x(?=abc)"#, 4), ("(?=abc)xy(?=z)z{4}", 6), ("(?:x(?=abcd)){2}", 6),
            ("(?:x(?=abcd)){0}", 0),
            (#"a\Rb"#, 4), ("(?:ab{3}){2}+", 8), ("", 0), ("x+", nil), ("x{2,}", nil), (#"(x)\1"#, nil),
            ("(?=.*y)x", nil), ("(?:x{60000}){60000}", 3_600_000_000),
            ("((x{60000}){60000}){60000}{60000}{60000}", nil),
        ] as [(String, Int?)])
    func longest(_ pattern: String, _ count: Int?) throws {
        #expect(try #require(PatternParser.parse(pattern)).longest == count)
    }

    @Test("a rule for all files with fewer than three is warned about, and one for some files is not")
    func warnings() {
        let rules = [
            Samples.rule(id: "a", pattern: #"\b[a-z]{20}\b"#),
            Samples.rule(id: "b", pattern: "[a-z]{20}", paths: ["x"]),
            Samples.rule(id: "c", pattern: "[a-z]{20}", prefilter: "abc"),
        ]
        #expect(DetectorCheck.warnings(about: rules).map(\.rule) == ["a"])
    }
}
