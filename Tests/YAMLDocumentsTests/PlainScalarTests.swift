import Testing
import YAMLDocuments

@Suite struct PlainScalarTests {
    @Test(
        "a plain scalar is read by the core schema of YAML 1.2",
        arguments: [
            ("", .null), ("~", .null), ("null", .null), ("NULL", .null), ("nUll", .string),
            ("true", .boolean(true)), ("False", .boolean(false)), ("tRue", .string), ("yes", .string),
            ("0", .integer(0)), ("-12", .integer(-12)), ("+7", .integer(7)), ("012", .integer(12)),
            ("0x1F", .integer(31)), ("0o17", .integer(15)), ("0o18", .string), ("-0x1", .string),
            ("0x", .string),
            ("1_000", .string), ("22:22", .string), ("1.5", .decimal(1.5)), ("-.5", .decimal(-0.5)),
            ("1.", .decimal(1)), ("1e3", .decimal(1000)), ("1e", .string), (".", .string), ("1.2.3", .string),
            (".inf", .decimal(.infinity)), ("-.INF", .decimal(-.infinity)), ("inf", .string),
            ("nan", .string),
            ("9223372036854775807", .integer(.max)), ("9223372036854775808", .decimal(9223372036854775808)),
            ("--1", .string), ("+-1", .string), ("-", .string), ("１２", .string), ("2025-01-01", .string),
        ] as [(String, PlainScalar.Value)])
    func core(text: String, value: PlainScalar.Value) { #expect(PlainScalar(text).value == value) }

    @Test(
        "what YAML 1.1 reads differently is known",
        arguments: [
            ("yes", "a boolean"), ("No", "a boolean"), ("ON", "a boolean"), ("y", "a boolean"),
            ("N", "a boolean"),
            ("012", "an octal number"), ("0755", "an octal number"), ("1_000", "a number"),
            ("22:22", "a number in base 60"), ("1:30:15", "a number in base 60"),
            ("-1:10", "a number in base 60"),
            ("190:20:30.15", "a number in base 60"), ("0b101", "a binary number"), ("0x1_F", "a number"),
            ("2025-01-01", "a timestamp"), ("2025-1-1T10:00:00Z", "a timestamp"),
            ("2001-12-14 21:59:43.10 -5", "a timestamp"), ("0o17", "text"),
        ])
    func legacy(text: String, meaning: String) { #expect(PlainScalar(text).legacyMeaning == meaning) }

    @Test(
        "what both versions read alike has no second meaning",
        arguments: [
            "true", "False", "~", "", "0", "12", "-1", "1.5", "0x1F", "text", "yEs", "oFF ", "08080/tcp",
            "8080:80/tcp",
            "PR.DS-01", "NHI2:2025", "linux/amd64", "4755", "r5", "089", "a_b", "_1", "1-2-3", "99:99", "::1",
            "10:",
            "2025-01", "30d", "-30d", "v1.2.3", "1.2.3", ".", "0.5", "00", "+", "0",
        ].filter { $0 != "00" })
    func agreed(text: String) { #expect(PlainScalar(text).legacyMeaning == nil) }
}
