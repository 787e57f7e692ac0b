import FoundationEssentials
import TestSupport
import Testing

/// The HTML report in a real browser.
struct BrowserTests {
    private static let browser = ProgramRunner(tool: "chromium")

    @Test(
        "a browser opens the report without a complaint, and its own rules let everything in it apply",
        .enabled(if: browser != nil, "skipped: chromium is not installed"),
        arguments: ["hostile", "leaky-agent", "ledger-agent"])
    func opens(sample: String) throws {
        let report = RepositoryRoot.file("reports/samples/\(sample)/report.html")
        let outcome = try open("file://\(report)", "--dump-dom")
        #expect(outcome.status == 0)
        #expect(outcome.outputText.contains("</html>"))
        #expect(!outcome.errorText.contains("CONSOLE"), "\(outcome.errorText)")
    }

    @Test(
        "the check would notice a style that the page's policy refuses",
        .enabled(if: browser != nil, "skipped: chromium is not installed"))
    func notices() throws {
        let bench = try ScratchFolder()
        let sample = try String(
            contentsOfFile: RepositoryRoot.file("reports/samples/clean/report.html"), encoding: .utf8)
        let broken = try bench.write(
            sample.replacing("<body", with: "<body style=\"color: red\""), to: "broken.html")
        #expect(try open("file://\(broken)", "--dump-dom").errorText.contains("CONSOLE"))
    }

    @Test("the report prints", .enabled(if: browser != nil, "skipped: chromium is not installed"))
    func prints() throws {
        let bench = try ScratchFolder()
        let report = RepositoryRoot.file("reports/samples/ledger-agent/report.html")
        let outcome = try open(
            "file://\(report)", "--no-pdf-header-footer", "--print-to-pdf=\(bench.file("report.pdf"))")
        #expect(outcome.status == 0)
        #expect(try bench.read("report.pdf").starts(with: Array("%PDF-".utf8)))
    }

    private func open(_ address: String, _ more: String...) throws -> ProgramRunner.Outcome {
        let browser = try #require(Self.browser)
        return try browser.run(
            ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0"] + more + [
                address
            ])
    }
}
