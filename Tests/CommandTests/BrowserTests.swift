import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

/// The pages in a real browser.
struct BrowserTests {
    private static let samples = ["hostile/report", "leaky-agent/report", "ledger-agent/report", "run/index"]

    private static func sample(_ name: String) -> String {
        RepositoryRoot.file("reports/samples/\(name).html")
    }

    @Test(
        "a browser opens the page without a complaint, and its own rules let everything in it apply",
        .enabled(if: Browser.isInstalled, "skipped: chromium is not installed"), arguments: samples)
    func opens(sample: String) throws {
        let outcome = try Browser.run("--dump-dom", "file://\(Self.sample(sample))")
        #expect(outcome.status == 0)
        #expect(outcome.outputText.contains("</html>"))
        #expect(!outcome.errorText.contains("CONSOLE"), "\(outcome.errorText)")
    }

    @Test(
        "the check would notice a style, and a script, that the page's policy refuses",
        .enabled(if: Browser.isInstalled, "skipped: chromium is not installed"),
        arguments: [
            "<body style=\"color: red\"", "<body onload=\"alert(1)\"", "<script>alert(1)</script><body",
        ])
    func notices(insertion: String) throws {
        let bench = try ScratchFolder()
        let sample = try String(contentsOfFile: Self.sample("clean/report"), encoding: .utf8)
        let broken = try bench.write(sample.replacing("<body", with: insertion), to: "broken.html")
        #expect(try Browser.run("--dump-dom", "file://\(broken)").errorText.contains("CONSOLE"))
    }

    @Test(
        "the pages break no rule of WCAG 2.2 A and AA, in light and dark, wide and narrow",
        .enabled(if: Browser.isInstalled, "skipped: chromium is not installed"), arguments: samples)
    func accessible(sample: String) throws {
        let lines = try axe(Self.sample(sample))
        #expect(lines.count(where: { $0.hasPrefix("checked ") }) == 4)
        for line in lines where line.hasPrefix("breach ") { Issue.record("\(line)") }
    }

    @Test(
        "neither does a page on which detectors disagree, nor one of very many findings, of which all can be found",
        .enabled(if: Browser.isInstalled, "skipped: chromium is not installed"), arguments: [3, 1003])
    func accessible(findings: Int) throws {
        let bench = try Workbench()
        var image = ImageBuilder(created: "2026-09-01T00:00:00Z")
        var layer = LayerBuilder()
        for number in 0..<findings {
            layer.file(StoredName("srv/\(number).env"), "KEY=\(Trial.secret(UInt64(number)))\n")
        }
        image.layer(layer, createdBy: "COPY . /srv")
        _ = try bench.write(image, to: "image")
        _ = try bench.scratch.write(Array("[]".utf8), to: "nothing.json")
        let outcome = try bench.audit(
            "oci:image", "--results", "gitleaks:nothing.json", "--assume-target", "--format", "html")
        #expect(outcome.status == 1, "\(outcome.errorText)")
        let path = bench.scratch.file(try bench.reportFolder() + "/report.html")
        let page = try String(contentsOfFile: path, encoding: .utf8)
        try #require(page.contains("Where detectors disagree"))
        try #require(page.contains("class=\"rows\"") == (findings > 1000))
        // All rows are made alike, and axe-core takes minutes over a thousand.
        var rows = 0
        let short = page.split(separator: "\n").filter { line in
            guard line.hasPrefix("<tr id=\"f-") else { return true }
            rows += 1
            return rows <= 20
        }
        let lines = try axe(bench.scratch.write(Array(short.joined(separator: "\n").utf8), to: "short.html"))
        #expect(lines.count(where: { $0.hasPrefix("checked ") }) == 4)
        for line in lines where line.hasPrefix("breach ") { Issue.record("\(line)") }
        guard findings > 1000 else { return }
        let shown = "[...document.querySelectorAll('.rows tbody tr')].filter(e => e.checkVisibility()).length"
        let search =
            "(async () => { const f = document.querySelector('.tools input'); f.value = '/srv/77.env'; "
            + "f.dispatchEvent(new Event('input')); await new Promise(r => setTimeout(r, 900)); return \(shown) })()"
        let worked = try Browser.drive(
            "try", path, shown, search,
            "location.hash = document.querySelector('.rows tbody tr').id, "
                + "new Promise(r => setTimeout(() => r(\(shown)), 900))",
            "document.getElementById('place-metadata')?.click(), \(shown)",
            "document.getElementById('severity-all').click(), document.getElementById('place-present').click(), \(shown)"
        )
        // One more is the account that runs it.
        #expect(Array(worked.prefix(3)) == ["\(findings + 1)", "1", "\(findings + 1)"], "\(worked)")
        #expect(worked.last == "\(findings)", "\(worked)")
    }

    @Test(
        "the check would notice an image without a text, a faint colour and a small button",
        .enabled(if: Browser.isInstalled, "skipped: chromium is not installed"))
    func noticesBreaches() throws {
        let bench = try ScratchFolder()
        let broken = try bench.write(
            """
            <!doctype html><html lang="en"><title>t</title><body style="background: #fff"><main><h1>t</h1>
            <img src="data:,"><p style="color: #ccc">faint</p>
            <a href="#a" style="font-size: 4px; display: inline-block">a</a><a href="#b" style="font-size: 4px; display: inline-block">b</a>
            </main>
            """, to: "broken.html")
        let found = Set(
            try axe(broken).filter { $0.hasPrefix("breach ") }.map { $0.split(separator: " ")[4] })
        #expect(found.isSuperset(of: ["image-alt", "color-contrast", "target-size"]), "\(found)")
    }

    private func axe(_ page: String) throws -> [String] {
        guard let library = PythonPackages.axe else { try Test.cancel("needs axe-core from PyPI") }
        return try Browser.drive("axe", library, page)
    }

    @Test(
        "search, sorting, filters and links work, under the page's own policy",
        .enabled(if: Browser.isInstalled, "skipped: chromium is not installed"))
    func works() throws {
        let shown =
            "[...document.querySelectorAll('.remedy > article')].filter(e => e.checkVisibility()).length"
        let type = { (text: String) in
            "(async () => { const f = document.querySelector('.tools input'); f.value = '\(text)'; "
                + "f.dispatchEvent(new Event('input')); await new Promise(r => setTimeout(r, 400)); return \(shown) })()"
        }
        let sort = { (times: Int) in
            "(() => { const t = [...document.querySelectorAll('table')].find(t => t.querySelector('th button') "
                + "&& t.tHead.textContent.includes('Severity')); const h = [...t.tHead.rows[0].cells].find(c => "
                + "c.textContent.includes('Severity')); for (let i = 0; i < \(times); i++) h.firstChild.click(); "
                + "return h.getAttribute('aria-sort') + ' ' + t.tBodies[0].rows[0].cells[h.cellIndex].textContent })()"
        }
        let lines = try Browser.drive(
            "try", Self.sample("ledger-agent/report"), shown, type("stripe"), type(""),
            "document.getElementById('severity-medium').click(), \(shown)",
            "location.hash = document.querySelector('.remedy > article').id, "
                + "new Promise(r => setTimeout(() => r(\(shown)), 200))",
            "document.getElementById('place-deleted').click(), \(shown)",
            "document.getElementById('place-all').click(), \(shown)",
            sort(1), sort(2), "document.querySelectorAll('.copy').length > 3")
        let numbers = lines.map { Int($0) ?? -1 }
        #expect(!lines.contains { $0.hasPrefix("complaint") }, "\(lines)")
        try #require(lines.count == 10, "\(lines)")
        let all = numbers[0]
        #expect(all > 10 && (1..<all).contains(numbers[1]) && numbers[2] == all, "\(lines)")
        #expect((1..<all).contains(numbers[3]), "medium ones only: \(lines)")
        #expect(numbers[4] == all, "a link to a hidden finding brings all back: \(lines)")
        #expect((1..<all).contains(numbers[5]) && numbers[6] == all)
        #expect(lines[7] == "\"ascending critical\"" && lines[9] == "true", "\(lines)")
        #expect(lines[8].hasPrefix("\"ascending ") || lines[8].hasPrefix("\"descending "))
    }

    @Test(
        "a mark of the timeline stands on its line, however wide the page is",
        .enabled(if: Browser.isInstalled, "skipped: chromium is not installed"), arguments: ["try", "phone"])
    func marks(device: String) throws {
        let offsets =
            "[...document.querySelectorAll('.strip')].flatMap(s => [...s.querySelectorAll('use.start, use.end')]"
            + ".map(u => { const r = u.getBoundingClientRect(), o = s.getBoundingClientRect(); return Math.abs("
            + "r.left + r.width / 2 - o.left - o.width * parseFloat(u.getAttribute('x')) / 100) }))"
        let lines = try Browser.drive(
            device, Self.sample("ledger-agent/report"), "\(offsets).length > 30",
            "Math.max(...\(offsets)) < 1.5")
        #expect(lines == ["true", "true"])
    }

    @Test(
        "the verdict chosen leaves only its images in every table",
        .enabled(if: Browser.isInstalled, "skipped: chromium is not installed"))
    func filtersImages() throws {
        let shown =
            "['.images tbody tr', '.heat tr[class]:not(.total)'].map(s => [...document.querySelectorAll(s)]"
            + ".filter(e => e.checkVisibility()).length)"
        let lines = try Browser.drive(
            "try", Self.sample("run/index"), shown, "document.getElementById('image-fail').click(), \(shown)",
            "document.getElementById('image-error').click(), \(shown)")
        #expect(lines == ["[5, 15]", "[1, 3]", "[1, 3]"])
    }

    @Test(
        "printed, a page has numbers, a list of contents, an outline, and nothing of it is missing",
        .enabled(if: Browser.isInstalled, "skipped: chromium is not installed"),
        arguments: ["ledger-agent/report", "run/index"])
    func prints(sample: String) throws {
        let bench = try ScratchFolder()
        let outcome = try Browser.run(
            "--no-pdf-header-footer", "--generate-pdf-document-outline",
            "--print-to-pdf=\(bench.file("report.pdf"))", "file://\(Self.sample(sample))")
        #expect(outcome.status == 0)
        #expect(try bench.read("report.pdf").starts(with: Array("%PDF-".utf8)))
        guard ProgramRunner.has("pdftotext", "pdfinfo") else { try Test.cancel("needs poppler-utils") }
        let facts = String(
            decoding: try ProgramRunner.output(of: "pdfinfo", [bench.file("report.pdf")]), as: UTF8.self)
        #expect(facts.contains(/Tagged: +yes/))
        let pages = try #require(facts.firstMatch(of: /Pages: +([0-9]+)/)?.output.1)
        let text = String(
            decoding: try ProgramRunner.output(of: "pdftotext", [bench.file("report.pdf"), "-"]),
            as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let numbers = words.replacing(" / ", with: "/")
        #expect(numbers.contains(" 1/\(pages) ") && numbers.contains("\(pages)/\(pages)"))
        let wanted =
            sample == "run/index"
            ? ["Images and controls", "NHI2:2025", "not audited", "Credentials in several images"]
            : [
                "Layer timeline", "The timeline as a table", "Stripe secret key (live)", "Rules that are met",
                "How to reproduce", "palimpsest audit oci:ledger-agent", "Accepted risks",
            ]
        for text in wanted { #expect(words.contains(text), "\(text)") }
        let links = String(
            decoding: try ProgramRunner.output(of: "pdfinfo", ["-dests", bench.file("report.pdf")]),
            as: UTF8.self)
        #expect(links.contains(sample == "run/index" ? "credentials" : "reproduce"))
    }
}
