import FoundationEssentials
import TestSupport
import Testing

@testable import Reporting

@Suite("Templates of one's own")
struct TemplateCheckTests {
    private static func fault(_ files: [(name: String, bytes: [UInt8])]) -> String? {
        do throws(ReportError) {
            _ = try GivenTemplates.load(files, from: "mine")
            return nil
        } catch {
            return error.reason
        }
    }

    private static func fault(_ name: String, _ text: String) -> String? {
        fault([(name, Array(text.utf8))])
    }

    @Test(
        "a mistake is told with file, line and column",
        arguments: [
            ("reproduce.html", "\n  {{nonsense}}", "2:3: error: there is no name \"nonsense\" here"),
            ("reproduce.html", "ä{{{tool}}}", "1:2: error: tool may hold anything"),
            ("reproduce.html", "{{&tool}}", "1:1: error: tool may hold anything"),
            (
                "reproduce.html", "{{#reproduce}}\n{{tool}}{{/reproduce}}",
                "2:1: error: there is no name \"tool\""
            ),
            ("reproduce.html", "{{reproduce}}", "1:1: error: reproduce is no text"),
            ("reproduce.html", "{{#tool}}{{.}}{{/tool}}{{.}}", "1:24: error: there is no name \".\""),
            ("reproduce.html", "{{#tool}}", "1:1: error: this section has no end"),
            ("reproduce.html", "{{#tool}}{{/asOf}}", "1:10: error: no section asOf is open here"),
            ("reproduce.html", "{{tool}", "1:1: error: this tag has no end"),
            ("reproduce.html", "{{> nothing}}", "1:1: error: there is no template \"nothing\""),
            (
                "reproduce.html", "{{> gaps}}{{> reproduce}}",
                "1:11: error: reproduce would be put into itself"
            ),
            ("gaps.html", "{{$x}}{{/x}}", "1:1: error: only names, sections, comments and partials"),
            ("gaps.html", "{{=<% %>=}}", "1:1: error: only names, sections, comments and partials"),
            ("gaps.html", "{{% CONTENT_TYPE:TEXT}}", "1:1: error: only names, sections"),
            ("gaps.html", "{{tool.text}}", "1:1: error: there is no name \"tool.text\""),
            ("gaps.html", "{{uppercased(tool)}}", "1:1: error: there is no name"),
            (
                "finding.html", "<tr>{{tool}}</tr>",
                "1:5: error: there is no name \"tool\" here; there are: anchor"
            ),
            ("finding.html", "{{#more}}{{.}}{{/more}}", "1:1: error: more can only be shown"),
            ("finding.html", "{{title}}{{^more}}.{{/more}}", "1:10: error: more can only be shown"),
        ])
    func mistakes(name: String, text: String, wanted: String) throws {
        let fault = try #require(Self.fault(name, text))
        #expect(fault.contains("mine/\(name):\(wanted)"), "\(fault)")
    }

    @Test("a file that replaces nothing is refused, and so is one that is no text")
    func strangers() {
        #expect(Self.fault("other.html", "")?.contains("mine/other.html: error: replaces nothing") == true)
        #expect(Self.fault([("bar.html", [0xff])])?.contains("mine/bar.html: error: is not in UTF-8") == true)
        #expect(Self.fault([("bar.html", [0x41, 0])])?.contains("mine/bar.html: error: holds a NUL") == true)
    }

    @Test("a template that no page comes to any more is refused")
    func unused() {
        let fault = Self.fault([("report.html", Array("{{tool}}".utf8)), ("gaps.html", [])])
        #expect(fault?.contains("mine/gaps.html: error: no page uses it") == true)
    }

    @Test("every mistake of every file is told at once, with the line and a caret")
    func all() throws {
        let fault = try #require(
            Self.fault([("gaps.html", Array("{{a}}\n <b>{{b}}".utf8)), ("bar.html", Array("{{c}}".utf8))]))
        #expect(fault.components(separatedBy: "error:").count == 4)
        #expect(fault.contains("\n   <b>{{b}}\n      ^") || fault.contains("\n  <b>{{b}}\n"), "\(fault)")
    }

    @Test("what is given is used, and the rest stays")
    func replaces() throws {
        let css = "body { color: black }"
        let given = try GivenTemplates.load(
            [("report.css", Array(css.utf8)), ("gaps.html", Array("<p>{{tool}}: ours</p>".utf8))],
            from: "mine")
        let format = try #require(ReportFormats.named("html", with: given.library))
        let page = String(decoding: try format.write(ReportCase.clean.report), as: UTF8.self)
        #expect(page.contains("<style>\(css)</style>") && page.contains("<p>palimpsest 0.1.0: ours</p>"))
        #expect(page.contains("id=\"timeline\"") && !page.contains("id=\"gaps\""))
    }

    @Test("rows of a long report are laid out by a template, and by the cards' where that knows of no rows")
    func rows() throws {
        let report = ReportCase.large(1200).report
        func page(_ name: String, _ text: String) throws -> String {
            let given = try GivenTemplates.load([(name, Array(text.utf8))], from: "mine")
            let format = try #require(ReportFormats.named("html", with: given.library))
            return String(decoding: try format.write(report), as: UTF8.self)
        }
        let ours = try page("finding.html", "<tr class=\"ours\"><td>{{title}} in {{place}}</td></tr>\n")
        #expect(ours.components(separatedBy: "<tr class=\"ours\">").count == 1201)
        #expect(ours.contains("<td>Token of service 7 in /srv/app/module-7/settings.json:8</td>"))
        let cards = try page(
            "findings.html",
            "{{#remedies}}{{#subjects}}<p class=\"card\">{{title}}</p>{{/subjects}}{{/remedies}}")
        #expect(cards.components(separatedBy: "<p class=\"card\">").count == 1201)
    }

    @Test("the built-in templates have no mistake, and all are used")
    func builtin() throws {
        let folder = RepositoryRoot.file("Templates/html")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).map { name in
            (name: name, bytes: try Array(Data(contentsOf: URL(filePath: "\(folder)/\(name)"))))
        }
        #expect(files.count > 20)
        #expect(Self.fault(files) == nil, "\(Self.fault(files) ?? "")")
    }

    @Test(
        "the names that templates are checked with are those that the views have", arguments: ReportCase.all)
    func names(example: ReportCase) throws {
        let templates = try TemplateLibrary.builtin.get()
        let page = HTMLViews(report: example.report).page(templates)
        try Self.compare(page, with: #require(TemplateNames.pages["report"]), at: "report")
        let run = RunViews(run: RunCase.all)
        try Self.compare(run.page(templates), with: #require(TemplateNames.pages["index"]), at: "index")
    }

    private static func compare(_ view: TemplateView, with names: TemplateNames, at place: String) throws {
        #expect(Set(view.fields.keys) == Set(names.values.keys), "\(place)")
        for (name, value) in view.fields {
            let inner: [TemplateView]
            switch value {
            case let view as TemplateView: inner = [view]
            case let views as [TemplateView]: inner = views
            case let views as TemplateViews: inner = Array(IteratorSequence(views.makeIterator()))
            default:
                guard case .plain? = names.values[name] else {
                    Issue.record("\(place)/\(name) leads nowhere")
                    continue
                }
                continue
            }
            guard case .view(let known)? = names.values[name] else {
                Issue.record("\(place)/\(name) is said to be plain")
                continue
            }
            for view in inner.prefix(20) { try compare(view, with: known, at: "\(place)/\(name)") }
        }
    }
}
