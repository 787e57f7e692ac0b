import TOMLDocuments
import Testing

struct TOMLDocumentTests {
    @Test("tables, lists, texts of every kind, numbers and flags are read")
    func everyKind() throws {
        let document = """
            title = "a \\"quoted\\" title"
            entropy = 3.5
            group = 2
            on = true
            regex = '''\\bkey-[0-9a-f]{32}\\b'''
            date = 2026-01-02

            [[rules]]
            id = "first"
            words = ["a", "b"]
            [[rules]]
            id = "second"
            [rules.allowlist]
            paths = []
            """
        let root = try TOMLDocument.parse(Array(document.utf8))
        #expect(root["title"]?.text == "a \"quoted\" title")
        #expect(root["entropy"]?.number == 3.5)
        #expect(root["group"]?.number == 2)
        #expect(root["on"]?.flag == true)
        #expect(root["regex"]?.text == "\\bkey-[0-9a-f]{32}\\b")
        #expect(root["date"]?.text == "2026-01-02")
        let rules = try #require(root["rules"]?.list)
        #expect(rules.map { $0.table?["id"]?.text } == ["first", "second"])
        #expect(rules[0].table?["words"] == .list([.text("a"), .text("b")]))
        #expect(rules[1].table?["allowlist"]?.table?["paths"] == .list([]))
    }

    @Test(
        "what is no TOML is refused with its place",
        arguments: [("a = 1\nb = = 2", 2), ("a = 1\na = 2", 2), ("[", 1)])
    func refusals(_ text: String, _ line: Int) {
        let error = #expect(throws: TOMLError.self) { try TOMLDocument.parse(Array(text.utf8)) }
        #expect(error?.line == line)
        #expect(error?.reason.isEmpty == false)
    }

    @Test(
        "no bytes make it crash",
        arguments: [[], [0], [0xff, 0xfe], Array("x = nan".utf8), Array("x = inf".utf8)] as [[UInt8]])
    func oddBytes(_ bytes: [UInt8]) { _ = try? TOMLDocument.parse(bytes) }

    @Test("nesting without end is refused and crashes nothing")
    func deep() {
        let text = "a = " + String(repeating: "[", count: 100_000)
        #expect(throws: TOMLError.self) { try TOMLDocument.parse(Array(text.utf8)) }
    }
}
