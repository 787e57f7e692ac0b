import FoundationEssentials
import TestSupport
import Testing

/// What people read on a terminal fits it, and what programs read stays a line a record.
@Suite("The width of a terminal")
struct TerminalWidthTests {
    private let bench: Workbench
    private let image: String
    private let finding: String

    init() throws {
        bench = try Workbench()
        image = try bench.demo()
        _ = try bench.audit(image, "--bundle", "b.tar", "--format", "evidence")
        let path = try #require(try bench.file(named: "evidence.json", below: "reports"))
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        finding = String(try #require(text.firstMatch(of: /"id":"([0-9a-f-]{36})"/)?.output.1))
    }

    private func onTerminal(_ arguments: [String], width: Int) throws -> [String] {
        let outcome = try PseudoTerminal.run(
            try ProgramRunner(product: "palimpsest"), arguments, environment: bench.environment,
            width: width, workingFolder: bench.scratch.path, showsOutput: true)
        return outcome.written.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
    }

    private static func words(_ lines: [String]) -> [Substring] { lines.flatMap { $0.split(separator: " ") } }

    @Test(
        "is kept by all but single words, and every word is there",
        arguments: [
            ["detectors", "list"], ["policy", "list"], ["policy", "list", "--controls"], ["policy", "check"],
            ["policy", "explain", "NHI2:2025"], ["policy", "explain", "secrets.visible"],
            ["policy", "diff", "baseline", "strict"], ["explain", "NHI2:2025", "--evidence", "b.tar"],
            ["verify", "b.tar"], ["diff", "b.tar", "b.tar"], ["results", "check", "results.json"],
            ["prove", "FINDING", "--image", "IMAGE"], ["explain", "FINDING", "--evidence", "b.tar"],
            ["explain", "nothing", "--evidence", "b.tar"],
        ])
    func width(arguments: [String]) throws {
        try bench.scratch.write(
            #"[{"RuleID":"generic-api-key","File":"app/x","StartLine":1,"Secret":"abc","Match":"k=abc"}]"#,
            to: "results.json")
        let given = arguments.map { $0 == "FINDING" ? finding : $0 == "IMAGE" ? image : $0 }
        let piped = try bench.run(given)
        let plain = (piped.outputText + piped.errorText).split(separator: "\n").map(String.init)
        for width in [80, 60] {
            let shown = try onTerminal(given, width: width)
            let wide = shown.filter { $0.count > width && $0.split(separator: " ").count > 1 }
            #expect(wide.isEmpty, "\(wide)")
            #expect(Self.words(shown) == Self.words(plain))
        }
    }

    @Test("breaks no draft of a waiver, no schema, and no excerpt of a source")
    func documents() throws {
        for arguments in [["waive", finding, "--evidence", "b.tar"], ["policy", "schema", "Policy"]] {
            let piped = try bench.run(arguments).outputText.split(separator: "\n").map(String.init)
            #expect(try onTerminal(arguments, width: 60) == piped)
        }
        let line = "title: \(String(repeating: "many words ", count: 20))"
        try bench.scratch.write("apiVersion: palimpsest/v1\nkind: Policy\n\(line)\nid: 7.\n", to: "p.yaml")
        let shown = try onTerminal(["policy", "check", "p.yaml"], width: 60)
        let plain = try bench.run("policy", "check", "p.yaml").errorText.split(separator: "\n")
        let excerpts = plain.filter { $0.hasPrefix(" ") }.map(String.init)
        #expect(!excerpts.isEmpty && excerpts.allSatisfy { shown.contains($0) })
    }

    @Test("and its colours are those of the verdict, also where a bundle is verified")
    func colour() throws {
        let outcome = try PseudoTerminal.run(
            try ProgramRunner(product: "palimpsest"), ["verify", "b.tar"], environment: [:], width: 80,
            workingFolder: bench.scratch.path, showsOutput: true)
        #expect(outcome.written.contains("\u{1b}[1;31mFAIL\u{1b}[0m"), "\(outcome.written)")
    }
}
