import Foundation
import ImageWriting
import Model
import Pipeline
import TestSupport
import Testing

/// Same input, same bytes: in whatever order it is given, and wherever it is read.
@Suite("A hundred runs")
struct PermutedRunsTests {
    private static let runs = 100
    private static let locales = ["C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8", "ar_SA.UTF-8"]
    private static let zones = ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu"]

    private let bench: Workbench
    private let image: String
    /// Options that may be given in any order, each with its value.
    private let options: [[String]]

    init() throws {
        bench = try Workbench()
        image = try bench.write(Self.leakyImage())
        let inspected = try bench.run("inspect", image, "-o", "-")
        let evidence = try JSONDecoder().decode(Evidence.self, from: Data(inspected.output))
        var target = ToolFixture.Target()
        target.image = evidence.image.digest.text
        target.config = evidence.image.configDigest.text
        target.layers = evidence.layers.compactMap(\.diffID?.text)
        var options: [[String]] = []
        for name in ["Grype, nothing found", "Trivy, an image", "CycloneDX JSON", "CycloneDX XML"] {
            let fixture = try #require(ToolFixture.all.first { $0.name == name })
            let file = try bench.scratch.write(fixture.bytes(about: target), to: "results \(options.count)")
            options.append(["--results", "\(fixture.format):\(file)"])
        }
        for (position, finding) in evidence.findings.prefix(3).enumerated() {
            let waiver = """
                apiVersion: palimpsest/v1
                kind: Waivers
                waivers:
                  - {id: w\(position), finding: \(finding.id), justification: gone soon, owner: Team, approver: Risk, ticket: R-1,
                     created: 2026-11-20, expires: 2026-11-2\(position + 2)}
                """
            options.append([
                "--waivers", try bench.scratch.write(Array(waiver.utf8), to: "waivers-\(position).yaml"),
            ])
        }
        for (position, rule) in ["github.personal-access-token", "github.oauth-token"].enumerated() {
            let rules = """
                apiVersion: palimpsest/v1
                kind: Detectors
                overrides: [{id: \(rule), severity: low, reason: only a trial}]
                """
            options.append([
                "--detectors", try bench.scratch.write(Array(rules.utf8), to: "rules-\(position).yaml"),
            ])
        }
        self.options = options
    }

    /// Two layers, as the results have them.
    private static func leakyImage() -> ImageBuilder {
        var image = ImageBuilder(created: "2026-09-01T00:00:00Z")
        var base = LayerBuilder()
        base.file("etc/os-release", "ID=debian\n")
        image.layer(base, createdBy: "ADD rootfs.tar / # buildkit")
        var app = LayerBuilder()
        app.file("app/pay.env", "KEY=\(Trial.secret(1))\nOTHER=\(Trial.secret(2))\n")
        app.file("app/again.env", "KEY=\(Trial.secret(1))\n")
        image.layer(app, createdBy: "COPY . /app # buildkit")
        return image
    }

    @Test(
        "with inputs in any order, 1 to 4 workers, in several locales and time zones every report has one hash"
    )
    func oneHash() throws {
        var first: [String: [UInt8]] = [:]
        for run in 0..<Self.runs {
            var random = SeededGenerator(seed: UInt64(run))
            let words =
                [image] + options.shuffled(using: &random).flatMap(\.self)
                + ["--workers", "\(run % 4 + 1)", "--as-of", Workbench.asOf, "--output", "run"]
                + ["--format", ReportCatalogue.formats.shuffled(using: &random).joined(separator: ",")]
            let locale = [
                "LC_ALL": Self.locales[run % Self.locales.count], "TZ": Self.zones[run % Self.zones.count],
            ]
            // Every third with what the one before it kept of the layers.
            let cache = run % 3 == 0 ? ["XDG_CACHE_HOME": bench.scratch.file("cache")] : [:]
            let outcome = try bench.run(
                "audit", more: words, environment: locale.merging(cache) { $1 })
            // One of the bills places a private key nowhere, which leaves the rules on keys unassessed.
            try #require(outcome.status == 2, "\(outcome.errorText)")
            let reports = try bench.reports("run")
            if run == 0 {
                first = reports
                try #require(reports.count == ReportCatalogue.formats.count)
            }
            let changed = reports.filter { first[$0.key] != $0.value }.keys.sorted()
            try #require(changed.isEmpty && reports.count == first.count, "run \(run): \(changed)")
            try FileManager.default.removeItem(atPath: bench.scratch.file("run"))
        }
    }
}
