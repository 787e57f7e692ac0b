import Foundation
import Model
import Reporting
import Testing

@Suite("Markdown")
struct MarkdownTests {
    @Test("a report on ten thousand results fits a comment, and says what it leaves out")
    func limit() throws {
        let text = try page(ReportCase.large(10_000))
        #expect(text.utf8.count <= 65_536)
        #expect(text.contains(/[0-9,]+ placements of 10,000 left out here/))
        #expect(text.contains("## Receipts"))
    }

    @Test("every table row has as many cells as its head", arguments: ReportCase.all + [.large(3000)])
    func rows(example: ReportCase) throws {
        var columns: Int?
        for line in try page(example).split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                columns = nil
                continue
            }
            let bars = line.replacing(/\\./, with: "").count { $0 == "|" }
            #expect(bars == columns ?? bars, "\(line)")
            #expect(line.hasSuffix(" |"))
            columns = columns ?? bars
        }
    }

    @Test("mentions, addresses and markup from an image stand in code or escaped, never bare")
    func neutral() throws {
        let text = try page(.hostile)
        let bare = Self.withoutCode(text).replacing(/\\./, with: "")
        for harm in ["@everyone", "](javascript", "![b]", "<img", "<script", "https://", "**bold**", "#1"] {
            #expect(!bare.contains(harm), "\(harm)")
        }
    }

    @Test("an authority that somebody approved is named with who did, once, and one of a package's is not")
    func approvals() throws {
        func anchor(_ title: String, by approver: String, _ reason: String, at layer: Int) -> InventoryItem {
            InventoryItem(
                id: Made.id(layer), detector: "certificates", type: .trustAnchor, title: title,
                location: Location(layer: Made.layer(layer), path: EntryPath("ca.pem"), line: 1),
                persistence: .present, origin: .context,
                attributes: [
                    "trust": .text("approved"), "approvedBy": .text(approver), "trustReason": .text(reason),
                ])
        }
        let clean = ReportCase.clean
        let evidence = Evidence(
            image: clean.evidence.image, layers: clean.evidence.layers, findings: [],
            inventory: [
                anchor("CN=Ours", by: "Corporate root", "J. Doe, for the proxy", at: 0),
                anchor("CN=Ours", by: "Corporate root", "J. Doe, for the proxy", at: 1),
                anchor("CN=Theirs", by: "the distribution's package ca", "a trust store", at: 1),
            ], gaps: [], receipts: clean.evidence.receipts, fingerprintKey: "5f0c2a91")
        let policy = Policy(
            id: clean.policy.id, title: clean.policy.title, digest: clean.policy.digest,
            frameworks: clean.policy.frameworks, rules: clean.policy.rules,
            anchors: [
                TrustAnchor(
                    name: "Corporate root", sha256: nil, spki: nil, reason: "J. Doe, for the proxy",
                    until: nil, source: "a.yaml:4")
            ])
        let example = ReportCase(
            name: "approved", evidence: evidence, assessment: clean.assessment, policy: policy)
        for format in ["markdown", "markdown-full"] {
            let text = try example.text(format)
            #expect(text.ranges(of: "| CN=Ours | Corporate root | J. Doe, for the proxy |").count == 1)
            #expect(!text.contains("Theirs"))
        }
        #expect(try !clean.text("markdown").contains("Approved authorities"))
    }

    /// The text without its spans of code, which a run of as many backticks ends as began them.
    private static func withoutCode(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "`") {
            result += rest[..<start]
            let fence = rest[start...].prefix { $0 == "`" }
            rest = rest[fence.endIndex...]
            while let next = rest.firstIndex(of: "`") {
                let run = rest[next...].prefix { $0 == "`" }
                rest = rest[run.endIndex...]
                if run.count == fence.count { break }
            }
        }
        return result + rest
    }

    private func page(_ example: ReportCase) throws -> String {
        let format = try #require(ReportFormats.named("markdown"))
        return String(decoding: try format.write(example.report), as: UTF8.self)
    }
}
