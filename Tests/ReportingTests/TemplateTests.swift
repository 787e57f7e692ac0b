import FoundationEssentials
import TestSupport
import Testing

@testable import Reporting

@Suite("Templates")
struct TemplateTests {
    @Test(
        "a name that the view does not have is an error, wherever a template uses it",
        arguments: [
            "{{missing}}", "{{{missing}}}", "{{#missing}}x{{/missing}}", "{{^missing}}x{{/missing}}",
            "{{#list}}{{missing}}{{/list}}", "{{#list}}{{title}}{{/list}}", "{{> part}}",
        ])
    func unknownName(template: String) throws {
        let unknown = UnknownNames()
        let inner = TemplateView(["number": 1], unknown: unknown)
        let view = TemplateView(["title": "t" as SafeText, "list": [inner]], unknown: unknown)
        let library = try TemplateLibrary.load([
            ("html/report.css", ""), ("html/report.js", ""), ("html/page.html", template),
            ("html/part.html", "{{missing}}"),
        ]).get()
        do throws(ReportError) {
            _ = try library.render("page", view: view, unknown: unknown)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error == ReportError(code: .template, place: "html/page.html", reason: ""))
        }
    }

    @Test("a broken template is named")
    func broken() {
        let result = TemplateLibrary.load([
            ("html/report.css", ""), ("html/report.js", ""), ("html/page.html", "{{#a}}"),
        ])
        #expect(throws: ReportError(code: .template, place: "html/page.html", reason: "")) {
            try result.get()
        }
    }

    @Test("a quotation mark is escaped also where a combining mark joins it to one character")
    func escaping() throws {
        let unknown = UnknownNames()
        let text: SafeText = "a\"\u{301}<\u{338}&'>"
        let library = try TemplateLibrary.load([
            ("html/report.css", ""), ("html/report.js", ""), ("html/page.html", "{{> part}}"),
            ("html/part.html", "{{text}}"),
        ]).get()
        let page = try library.render(
            "page", view: TemplateView(["text": text], unknown: unknown), unknown: unknown)
        #expect(page.unicodeScalars.elementsEqual("a&quot;\u{301}&lt;\u{338}&amp;&#39;&gt;".unicodeScalars))
    }

    @Test("only the style sheet and the script are put into the page unescaped")
    func unescaped() throws {
        let folder = RepositoryRoot.path + "/Templates/html"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".html")
        }
        let texts = try names.map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
        let raw = texts.joined().matches(of: /\{\{[{&]([a-zA-Z]*)/).map { String($0.output.1) }
        #expect(raw.sorted() == ["script", "styleSheet"])
    }
}
