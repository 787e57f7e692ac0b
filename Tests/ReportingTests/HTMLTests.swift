import Foundation
import Model
import TestSupport
import Testing

@testable import Reporting

@Suite("HTML")
struct HTMLTests {
    @Test(
        "the page holds no script but ours, no handler, no style attribute, and loads nothing",
        arguments: ReportCase.all)
    func selfContained(example: ReportCase) throws {
        for tag in try Self.tags(of: example) {
            #expect(
                !["iframe", "object", "embed", "img", "base", "form", "link"].contains(tag.name),
                "\(tag.text)")
            for attribute in tag.attributes {
                #expect(
                    !attribute.name.hasPrefix("on") && attribute.name != "style" && attribute.name != "src",
                    "\(tag.text)")
                #expect(attribute.name != "href" || attribute.value.hasPrefix("#"), "\(tag.text)")
            }
        }
        let text = try Self.page(example)
        #expect(!text.contains("url("))
        #expect(!text.contains("@import"))
        #expect(text.contains("default-src 'none'; style-src 'sha256-"))
        #expect(text.contains("; script-src 'sha256-"))
        let script = try String(
            contentsOfFile: RepositoryRoot.file("Templates/html/report.js"), encoding: .utf8)
        #expect(text.ranges(of: "<script>\(script)</script>").count == 1)
        #expect(text.lowercased().ranges(of: "<script").count == 1)
    }

    @Test(
        "ids are unique, and every link and label inside the page leads somewhere", arguments: ReportCase.all)
    func links(example: ReportCase) throws {
        let attributes = try Self.tags(of: example).flatMap(\.attributes)
        let ids = attributes.filter { $0.name == "id" }.map(\.value)
        #expect(Set(ids).count == ids.count)
        let known = Set(ids)
        for attribute in attributes where attribute.name == "href" {
            #expect(known.contains(String(attribute.value.dropFirst())), "\(attribute.value)")
        }
        for attribute in attributes where attribute.name == "aria-labelledby" {
            #expect(known.contains(attribute.value), "\(attribute.value)")
        }
    }

    @Test(
        "whatever became of a place has a mark, a word beside it, and a filter",
        arguments: Persistence.allCases)
    func persistence(_ persistence: Persistence) throws {
        let findings = ReportCase.leakyAgent.evidence.findings.map { finding in
            var finding = finding
            if finding.location.layer != nil { finding.persistence = persistence }
            return finding
        }
        let example = ReportCase.leakyAgent.changed(findings: findings)
        try links(example: example)
        let page = try Self.page(example)
        let legend = try #require(page.components(separatedBy: "class=\"legend\"").dropFirst().first)
        let mark = persistence == .metadata ? "present" : persistence.rawValue
        #expect(legend.components(separatedBy: "</ul>")[0].contains("href=\"#lane-end-\(mark)\""))
        #expect(page.contains("#place-\(persistence.rawValue):checked"))
    }

    @Test("every control, rule and finding can be linked to", arguments: ReportCase.all)
    func deepLinks(example: ReportCase) throws {
        let ids = Set(
            try Self.tags(of: example).flatMap(\.attributes).filter { $0.name == "id" }.map(\.value))
        let report = example.report
        for subject in report.subjects { #expect(ids.contains(subject.anchor.text)) }
        let rules = ids.count { $0.hasPrefix("rule-") }
        #expect(rules == report.rules.count)
        for scorecard in report.scorecards {
            #expect(ids.count { $0.hasPrefix("\(scorecard.id)-") } == scorecard.total)
        }
        if example.name == "clean" { #expect(ids.contains("nist-csf-PR.DS-01")) }
    }

    @Test("what passes rest on, and what a rule asks for, is said in full once")
    func once() throws {
        let clean = try Self.page(.clean)
        for reason in Set(ReportCase.clean.report.rules.map(\.reason.text)) {
            let kinds = Set(ReportCase.clean.report.rules.filter { $0.reason.text == reason }.map(\.requires))
            #expect(clean.ranges(of: reason).count == kinds.count)
        }
        let leaky = try Self.page(.leakyAgent)
        let findings = try #require(leaky.components(separatedBy: "id=\"findings\"").last)
            .components(separatedBy: "id=\"rules\"")[0]
        for rule in ReportCase.leakyAgent.report.rules where rule.status.needsAttention {
            #expect(findings.ranges(of: rule.remediation.text).count == 1, "\(rule.id)")
        }
    }

    @Test("elements are closed in order, and headings never skip a level", arguments: ReportCase.all)
    func structure(example: ReportCase) throws {
        let void: Set = ["meta", "br", "path", "circle", "rect", "use", "input", "!doctype"]
        var open: [String] = []
        var level = 0
        for tag in try Self.tags(of: example) where !void.contains(tag.name) && !tag.text.hasSuffix("/>") {
            if tag.isEnd {
                #expect(open.popLast() == tag.name, "\(tag.text)")
                continue
            }
            open.append(tag.name)
            guard let heading = ["h1", "h2", "h3", "h4"].firstIndex(of: tag.name) else { continue }
            #expect(heading <= level, "\(tag.text)")
            level = heading + 1
        }
        #expect(open.isEmpty)
    }

    @Test(
        "every table has heads with a scope, and every drawing is hidden from screen readers",
        arguments: ReportCase.all)
    func accessible(example: ReportCase) throws {
        for tag in try Self.tags(of: example) where !tag.isEnd {
            let names = tag.attributes.map(\.name)
            if tag.name == "th" { #expect(names.contains("scope"), "\(tag.text)") }
            if tag.name == "svg" {
                #expect(names.contains("aria-hidden") || tag.text.contains("class=\"lane"), "\(tag.text)")
            }
        }
        let text = try Self.page(example)
        #expect(text.contains("<html lang=\"en\">"))
        #expect(text.contains("<main id=\"main\">"))
        #expect(text.contains("href=\"#main\""))
    }

    @Test("a long report has a row for every finding, with its anchor, its id and where the rest is told")
    func rows() throws {
        let report = ReportCase.large(1200).report
        let page = String(decoding: try #require(ReportFormats.named("html")).write(report), as: UTF8.self)
        for subject in report.subjects {
            let start =
                "<tr id=\"\(subject.anchor)\"><th scope=\"row\"><a href=\"#\(subject.anchor)\">\(subject.number)</a>"
            #expect(page.components(separatedBy: start).count == 2, "\(subject.anchor)")
        }
        for finding in ReportCase.large(1200).evidence.findings { #expect(page.contains(finding.id)) }
        #expect(page.contains("under its id in the evidence document") && !page.contains("\0"))
        #expect(!page.contains("<article id="))
    }

    @Test("ten thousand results stay within six megabytes")
    func size() throws {
        let report = ReportCase.large(10_000).report
        let format = try #require(ReportFormats.named("html"))
        let size = try format.write(report).count
        #expect(size <= 6_000_000)
    }

    struct Tag {
        let text: String
        let name: String
        let isEnd: Bool
        let attributes: [(name: String, value: String)]
    }

    private static func page(_ example: ReportCase) throws -> String {
        let format = try #require(ReportFormats.named("html"))
        return String(decoding: try format.write(example.report), as: UTF8.self)
    }

    /// Every tag as a browser would take it: from `<` and a letter, a slash or a `!` to the next `>` outside quotes.
    private static func tags(of example: ReportCase) throws -> [Tag] {
        let bytes = Array(try page(example).utf8)
        var tags: [Tag] = []
        var position = 0
        while let start = bytes[position...].firstIndex(of: 0x3c) {
            var end = start + 1
            var quote: UInt8?
            while end < bytes.count, quote != nil || bytes[end] != 0x3e {
                if bytes[end] == 0x22 || bytes[end] == 0x27 {
                    if quote == nil { quote = bytes[end] } else if quote == bytes[end] { quote = nil }
                }
                end += 1
            }
            tags.append(tag(String(decoding: bytes[start...min(end, bytes.count - 1)], as: UTF8.self)))
            position = min(end + 1, bytes.count)
        }
        return tags
    }

    private static func tag(_ text: String) -> Tag {
        let inside = text.dropFirst().dropLast()
        let isEnd = inside.hasPrefix("/")
        let name = inside.drop { $0 == "/" }.prefix { !$0.isWhitespace && $0 != "/" }.lowercased()
        let attributes = inside.matches(of: /\s([a-z-]+)(?:="([^"]*)")?/).map {
            (name: String($0.output.1), value: $0.output.2.map(String.init) ?? "")
        }
        return Tag(text: text, name: name, isEnd: isEnd, attributes: isEnd ? [] : attributes)
    }
}
