import Testing
import XMLDocuments

@Suite("Reading XML")
struct XMLDocumentTests {
    @Test("elements, attributes, text and CDATA are read in order")
    func structure() throws {
        let root = try parse("<a x='1' y='2'>t<b/><b z='3'><![CDATA[<c>]]></b>u</a>")
        #expect(root.attributes.map(\.name) == ["x", "y"])
        #expect(root.text == "tu")
        #expect(root.children(named: "b").map(\.text) == ["", "<c>"])
        #expect(root.children.last?["z"] == "3")
    }

    @Test("a document type is refused before any entity is looked at")
    func documentType() {
        let bomb = "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"
        expect(.documentType) { () throws(XMLError) in try parse(bomb) }
    }

    @Test(
        "what is not well-formed is an error",
        arguments: ["", "<a>", "<a></b>", "text", "<a>\u{1b}</a>", "<a>&nbsp;</a>", "<a/><b/>"])
    func malformed(document: String) {
        expect(.malformed) { () throws(XMLError) in try parse(document) }
    }

    @Test("bytes, depth and nodes are bounded")
    func limits() {
        var limits = XMLDocument.Limits()
        limits.depth = 3
        limits.nodes = 5
        limits.bytes = 60
        expect(.limit) { () throws(XMLError) in try parse("<a><a><a><a/></a></a></a>", limits) }
        expect(.limit) { () throws(XMLError) in try parse("<a><b/><b/><b/><b/></a>", limits) }
        expect(.limit) { () throws(XMLError) in
            try parse("<a>" + String(repeating: "x", count: 60) + "</a>", limits)
        }
    }

    @discardableResult
    private func parse(
        _ text: String, _ limits: XMLDocument.Limits = XMLDocument.Limits()
    ) throws(XMLError) -> XMLElement {
        try XMLDocument.parse(Array(text.utf8), limits: limits)
    }

    private func expect(_ code: XMLError.Code, _ body: () throws(XMLError) -> XMLElement) {
        do throws(XMLError) {
            _ = try body()
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.code == code)
        }
    }
}
