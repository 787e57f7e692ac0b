import Model
import Testing

@testable import Reporting

@Suite("The page on a run")
struct RunPageTests {
    private static func page(_ run: RunReport) throws -> String {
        String(decoding: try RunPage.file(run, templates: nil).bytes, as: UTF8.self)
    }

    @Test("the order in which images came changes no byte")
    func order() throws {
        #expect(try Self.page(RunCase.run(RunCase.entries.reversed())) == Self.page(RunCase.all))
    }

    @Test(
        "an image that could not be audited is a row in every table, with the reason, and the worst that came out"
    )
    func failed() throws {
        #expect(RunCase.all.status == .error && RunCase.all.failures == 1)
        #expect(RunCase.all.entries.first?.judged == nil)
        let page = try Self.page(RunCase.all)
        #expect(
            page.ranges(of: "not audited").count == 1
                + RunCase.all.heatMaps.count(where: { !$0.columns.isEmpty }))
        #expect(page.contains("no such file or folder") && page.contains("1 could not be audited"))
        #expect(!page.contains("\u{1b}") && page.contains("oci:missing\\x1b[31m&lt;b&gt;"))
    }

    @Test("each image's row leads to its report, and what needs attention to its control")
    func links() throws {
        let page = try Self.page(RunCase.all)
        for entry in RunCase.all.entries {
            guard let folder = entry.folder else { continue }
            #expect(page.contains("href=\"\(folder)/report.html\""))
        }
        let report = try #require(ReportFormats.named("html")).write(ReportCase.leakyAgent.report)
        let text = String(decoding: report, as: UTF8.self)
        let folder = ReportCase.leakyAgent.evidence.image.folderName
        let anchors = page.matches(of: /href="([^"#]*)\/report\.html#([^"]*)"/).filter {
            $0.output.1 == folder
        }
        #expect(anchors.count > 5)
        for anchor in anchors { #expect(text.contains("id=\"\(anchor.output.2)\""), "\(anchor.output.2)") }
    }

    @Test("the columns of a heat map count what the images' own assessments say")
    func counts() throws {
        for map in RunCase.all.heatMaps {
            for (position, column) in map.columns.enumerated() {
                let statuses = RunCase.all.entries.compactMap(\.judged).map { map.statuses(of: $0)[position] }
                #expect(column.attention == statuses.count(where: \.needsAttention))
                #expect(statuses.contains { $0 != .manual && $0 != .notApplicable })
            }
            let total = ReportCase.clean.report.scorecards.first { $0.title == map.title }?.total
            #expect(map.columns.count + map.silent == total)
        }
    }

    @Test("what several images share is told once, with all that have it; one image twice shares nothing")
    func shared() throws {
        let twins = ["a", "b"].enumerated().map {
            RunCase.entry(of: .leakyAgent, named: "oci:\($0.element)", digest: 900 + $0.offset)
        }
        let secrets = Set(ReportCase.leakyAgent.evidence.findings.compactMap(\.fingerprint)).count
        let run = RunCase.run(twins)
        #expect(run.sharedSecrets.count == secrets && !run.sharedLayers.isEmpty)
        #expect(run.sharedSecrets.allSatisfy { $0.entries.count == 2 })
        let page = try Self.page(run)
        let anchor = try #require(run.sharedSecrets.first).fingerprint.text.prefix(10)
        #expect(page.contains("/report.html#f-\(anchor)\">oci:a</a>"))
        let same = RunCase.run([twins[0], RunCase.entry(of: .leakyAgent, named: "oci:c", digest: 900)])
        #expect(same.sharedSecrets.isEmpty && same.sharedLayers.isEmpty)
        #expect(try Self.page(same).ranges(of: "those with one digest are one").count == 2)
        #expect(!page.contains("those with one digest are one"))
    }

    @Test("an image that is there under two names counts as one, and is listed with both")
    func counted() throws {
        let run = RunCase.run(
            [("oci:a", 901), ("oci:b", 900), ("oci:c", 901)].map {
                RunCase.entry(of: .leakyAgent, named: $0.0, digest: $0.1)
            })
        let page = try Self.page(run)
        for head in [
            "layer [^<]*</th>", "[^<]*</th><td class=\"is-[a-z]*\">[a-z]*</td><td><code>[^<]*</code></td>",
        ] {
            let rows = page.matches(
                of: try Regex("<th scope=\"row\">\(head)<td class=\"number\">(\\d+)</td>(.*)"))
            #expect(!rows.isEmpty)
            for row in rows {
                #expect(row.output[1].substring == "2")
                let names = row.output[2].substring?.replacing(/<[^>]*>/, with: "")
                #expect(names?.hasSuffix("oci:a = oci:c, oci:b") == true)
            }
        }
    }

    @Test("of images with many names each is named, and how many more names it has")
    func aliases() throws {
        let run = RunCase.run(
            (0..<40).map {
                let name = "oci:\($0 < 20 ? "a" : "b")\($0)"
                return RunCase.entry(of: .leakyAgent, named: name, digest: 900 + $0 / 20)
            })
        let page = try Self.page(run).replacing(/<[^>]*>/, with: "")
        let first = "oci:a0 = oci:a1 = oci:a10 = oci:a11 = oci:a12 = oci:a13 (14 more names)"
        #expect(page.contains("\(first), oci:b20 = oci:b21"))
        #expect(!page.contains("more image"))
    }

    @Test("of thousands of secrets an image keeps few, and the page says so")
    func bounded() throws {
        let entries = [1, 2].map { RunCase.entry(of: .large(2_000), named: "oci:" + String($0), digest: $0) }
        let run = RunCase.run(entries)
        #expect(entries.allSatisfy { ($0.judged?.secrets.all.count ?? 0) <= HeldSecrets.limit })
        // Both keep the same ones.
        #expect(run.sharedSecrets.count == entries[0].judged?.secrets.all.count)
        if run.secretsLeftOut > 0 { #expect(try Self.page(run).contains("were not compared here")) }
    }

    @Test("a thousand images stay within four megabytes")
    func thousand() throws {
        let entries = (0..<1_000).map {
            RunCase.entry(of: .clean, named: "oci:app-" + String($0), digest: $0)
        }
        #expect(try RunPage.file(RunCase.run(entries), templates: nil).bytes.count < 4_000_000)
    }
}
