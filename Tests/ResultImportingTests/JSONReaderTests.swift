import Testing

@testable import ResultImporting

@Suite("JSON as a stream")
struct JSONReaderTests {
    private func value(_ text: String) throws(ImportError) -> JSONValue? {
        let reader = JSONReader(ByteFeed(Array(text.utf8)))
        let value = try reader.value()
        try reader.end()
        return value
    }

    @Test("values of all types")
    func values() throws {
        let text = #" {"a": [1, -2.5e3, "x\n\u00e4\ud83d\ude00\/", true, false, null, {}], "b": []} "#
        let value = try #require(try value(text))
        #expect(
            value["a"]
                == .list([
                    .number("1"), .number("-2.5e3"), .text("x\nä😀/"), .flag(true), .flag(false), .null,
                    .object([:]),
                ]))
        #expect(value["b"] == .list([]))
    }

    @Test(
        "half a pair of surrogates is the replacement character",
        arguments: [
            #""\ud83d""#, #""\ud83dx""#, #""\ude00""#, #""\ud83d\n""#,
        ])
    func surrogates(text: String) throws {
        let found = try #require(try value(text)?.text)
        #expect(found.unicodeScalars.allSatisfy { !(0xd800...0xdfff).contains($0.value) })
    }

    @Test(
        "what ends too early is cut off, what is wrong is malformed",
        arguments: [
            ("{", .truncated), (#"{"a"#, .truncated), (#"{"a":"#, .truncated), ("[1,", .truncated),
            ("tru", .truncated),
            (#""\u00"#, .truncated), ("", .truncated), ("[1 2]", .malformed), ("{1: 2}", .malformed),
            ("[1,]", .malformed),
            (#"{"a" 1}"#, .malformed), (#""\x""#, .malformed), ("\"a\u{1}\"", .malformed),
            ("nul ", .malformed),
            ("[NaN]", .malformed), ("1 2", .malformed), ("+1 ", .malformed), ("0x10 ", .malformed),
        ] as [(String, ImportError.Code)])
    func mistakes(text: String, code: ImportError.Code) {
        let error = #expect(throws: ImportError.self) { try value(text) }
        #expect(error?.code == code)
    }

    @Test("nesting has a limit, also where it is skipped", arguments: ["[", #"{"a":"#])
    func depth(opening: String) {
        let text = String(repeating: opening, count: 100_000)
        #expect(throws: ImportError.self) { try value(text) }
        let error = #expect(throws: ImportError.self) { try JSONReader(ByteFeed(Array(text.utf8))).skip() }
        #expect(error?.code == .limit)
    }

    @Test("a key that stands twice makes a record none")
    func duplicates() throws {
        #expect(try value(#"{"a": 1, "a": 2}"#) == nil)
        #expect(try value(#"{"b": {"a": 1, "a": 2}}"#) == nil)
    }

    @Test("what is dropped is not kept, and need not be well spelt")
    func dropped() throws {
        let reader = JSONReader(ByteFeed(Array(#"{"a": {"b": 1, "a": [2]}, "c": 3}"#.utf8)))
        #expect(try reader.value(dropping: ["a"]) == .object(["c": .number("3")]))
    }

    @Test("a value that is larger than any record is none, and reading goes on behind it")
    func large() throws {
        let text = "[\"" + String(repeating: "x", count: 5 << 20) + "\", 7]"
        let reader = JSONReader(ByteFeed(Array(text.utf8)))
        var values: [JSONValue?] = []
        try reader.list { _ throws(ImportError) in values.append(try reader.value()) }
        #expect(values == [nil, .number("7")])
    }

    @Test("numbers are numbers also in quotes, and no number is out of bounds")
    func numbers() {
        #expect(JSONValue.text("12").number == 12)
        #expect(JSONValue.number("12.0").number == 12)
        #expect(JSONValue.number("1e400").number == nil)
        #expect(JSONValue.number("-1").number == nil)
        #expect(JSONValue.number("99999999999999999999").number == nil)
    }
}
