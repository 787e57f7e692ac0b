import Testing
import XMLDocuments

@Suite("Writing XML")
struct XMLWriterTests {
    @Test("markup and line breaks in text and attributes come back as they went in")
    func roundTrip() throws {
        let hostile = "a<b>&\"'\t\n\r]]> \u{e9}\u{1F511}"
        var writer = try XMLWriter.open()
        try writer.start("root")
        try writer.attribute("name", hostile)
        try writer.text(hostile)
        try writer.end()
        let root = try XMLDocument.parse(writer.finish())
        #expect(root["name"] == hostile)
        #expect(root.text == hostile)
    }

    @Test("elements stand on lines of their own, indented by depth")
    func layout() throws {
        var writer = try XMLWriter.open()
        try writer.start("a")
        try writer.start("b")
        try writer.text("x")
        try writer.end()
        try writer.start("c")
        try writer.end()
        try writer.end()
        let text = String(decoding: try writer.finish(), as: UTF8.self)
        #expect(text == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n  <b>x</b>\n  <c/>\n</a>\n")
    }

    @Test(
        "a character that XML cannot hold is refused, not written",
        arguments: ["\u{0}", "\u{7}", "\u{1b}", "\u{fffe}"])
    func illegal(character: String) throws {
        var writer = try XMLWriter.open()
        try writer.start("root")
        do throws(XMLError) {
            try writer.text("a" + character)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error == XMLError(code: .illegalCharacter, place: "root", reason: ""))
        }
    }

    @Test("a document with an element still open is not handed out")
    func unfinished() throws {
        var writer = try XMLWriter.open()
        try writer.start("root")
        do throws(XMLError) {
            _ = try writer.finish()
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.code == .library)
        }
    }
}
