import Testing

@testable import Detection

struct BacktrackCheckTests {
    @Test(
        "patterns whose loops get in each other's way are found out",
        arguments: [
            "(a+)+$", "^(a+)+$", "key=(a+)+$", "(a*)*b", "(a|a)*b", "(a|aa)+$", "(a|b|ab)*c", #"(\w+\s?)*$"#,
            "([a-z]+)*=", "(?i)(x+x+)+y", #"^(([a-z])+.)+[A-Z]([a-z])+$"#, "(?:[a-z]|[z0])+!",
            "token_(?<secret>([a-z0-9]+-?)+)!", "((a{0,50}){0,50})b", "(.*)*x{3}",
        ])
    func exponential(_ pattern: String) throws { #expect(try BacktrackCheck.excess(pattern) != nil) }

    @Test(
        "patterns that are only long, or only slow in proportion, are not",
        arguments: [
            "a+$", "(a+b)+$", #"\bghp_[A-Za-z0-9]{36}\b"#,
            #"(?i)[\w.-]{0,50}?(?:key)(?:[ \t\w.-]{0,20})=([a-z0-9]{40})"#,
            "(?>a+)+$", "(a++)+$", #"\w+\s*=\s*\w+"#, "(?:ab|cd)*e",
            #"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}"#, "",
        ])
    func bounded(_ pattern: String) throws { #expect(try BacktrackCheck.excess(pattern) == nil) }

    @Test("such a pattern is a problem wherever the rule has it")
    func problem() throws {
        let rules = [
            Samples.rule(id: "a", pattern: "key=(a+)+$"),
            Samples.rule(id: "b", allow: ["(a+)+$"]),
        ]
        let problems = try DetectorCheck.problems(with: rules)
        #expect(problems.map(\.rule) == ["a", "b"])
        #expect(problems.allSatisfy { $0.message.hasPrefix("pattern backtracks without bound") })
    }
}
