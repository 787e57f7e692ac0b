import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

/// Other tools' results through the built program.
@Suite("Results of other tools")
struct ResultsTests {
    private let bench: Workbench
    private let image: String
    private let target: ToolFixture.Target

    init() throws {
        bench = try Workbench()
        image = try bench.write(Workbench.cleanImage())
        let outcome = try bench.run("inspect", image, "-o", "-")
        let evidence = try JSONDecoder().decode(Evidence.self, from: Data(outcome.output))
        var target = ToolFixture.Target()
        target.image = evidence.image.digest.text
        target.config = evidence.image.configDigest.text
        target.layers = evidence.layers.compactMap(\.diffID?.text)
        self.target = target
    }

    private func write(_ name: String, cut: Int? = nil) throws -> String {
        let fixture = try #require(ToolFixture.all.first { $0.name == name })
        let bytes = fixture.bytes(about: target)
        let file = "\(fixture.format)-\(cut ?? 0).json"
        _ = try bench.scratch.write(Array(bytes.prefix(cut ?? bytes.count)), to: file)
        return file
    }

    private func audit(_ arguments: String...) throws -> ProgramRunner.Outcome {
        try bench.run("audit", image, "--as-of", Workbench.asOf, more: arguments)
    }

    @Test("a scan that finds nothing meets the policy, and one that finds something does not")
    func judged() throws {
        #expect(try audit("--results", try write("Grype, nothing found")).status == 0)
        let outcome = try audit("--results", try write("Trivy, an image"))
        #expect(outcome.status == 1)
        let page = String(decoding: try bench.reports()["report.md"] ?? [], as: UTF8.self)
        for words in ["CVE-2026-1001", "trivy 0.70.0", "components.vulnerable-critical"] {
            #expect(page.contains(words), "\(words)")
        }
        for name in ["report.html", "evidence.json"] {
            #expect(
                String(decoding: try bench.reports()[name] ?? [], as: UTF8.self).contains("CVE-2026-1001"),
                "\(name)")
        }
    }

    @Test("one that was cut off withholds the verdict, and is named")
    func cut() throws {
        let outcome = try audit("--results", try write("Grype, nothing found", cut: 60), "--assume-target")
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("results of grype: its results were cut off"))
        #expect(outcome.outputText.hasPrefix("NOT ASSESSED"))
    }

    @Test(
        "one about another image, about none, of no tool or not there is an error with advice",
        arguments: [
            ("other", "is about another image", "help: run the tool on this image"),
            ("nameless", "does not say which image it is about", "help: give --assume-target"),
            ("empty list", "is an empty list, which several tools write", "help: say whose they are"),
            ("unknown", "holds no results in a form that is known", "palimpsest results list"),
            ("missing", "no such file", "palimpsest results check"),
        ])
    func refused(what: String, reason: String, advice: String) throws {
        let file = "refused.json"
        switch what {
        case "other": _ = try bench.scratch.write(ToolFixture.scanners[0].bytes(), to: file)
        case "nameless": _ = try bench.scratch.write(ToolFixture.secretTools[0].bytes(), to: file)
        case "empty list": _ = try bench.scratch.write("[]", to: file)
        case "unknown": _ = try bench.scratch.write("{\"a\": 1}", to: file)
        default: break
        }
        let outcome = try audit("--results", file)
        #expect(outcome.status == 3)
        #expect(outcome.errorText.contains(reason), "\(outcome.errorText)")
        #expect(outcome.errorText.contains(advice), "\(outcome.errorText)")
    }

    @Test(
        "standard input can be named once",
        arguments: [
            ["evaluate", "-", "-"], ["evaluate", "-", "--results", "-"],
            ["evaluate", "-", "--results", "trivy:-"], ["evaluate", "a", "--results", "-", "--results", "-"],
            ["results", "check", "-", "trivy:-"],
        ])
    func standardInputOnce(arguments: [String]) throws {
        let outcome = try Workbench().run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.errorText.contains("there is one standard input"))
    }

    @Test("standard input is read, also without an image")
    func standardInput() throws {
        let fixture = try #require(ToolFixture.scanners.first)
        let evidence = try bench.run("inspect", image, "-o", "-").output
        _ = try bench.scratch.write(evidence, to: "evidence.json")
        let outcome = try bench.run(
            "evaluate", "evidence.json", "--results", "-", "--as-of", Workbench.asOf,
            input: fixture.bytes(about: target))
        #expect(outcome.status == 1, "\(outcome.errorText)")
        let nothing = try bench.run(
            "evaluate", "evidence.json", "--results", "gitleaks:-", "--assume-target", "--as-of",
            Workbench.asOf,
            input: Array("[]".utf8))
        #expect(nothing.status == 0, "\(nothing.errorText)")
        #expect(nothing.errorText.contains("name no image"))
    }

    @Test("no output holds a secret, a hash or a quoted line of any tool's results")
    func secrecy() throws {
        let files = try ToolFixture.all.map { try write($0.name) }
        let arguments = Set(files).sorted().flatMap { ["--results", $0] }
        let outcome = try bench.run(
            "audit", image, "--as-of", Workbench.asOf, "--assume-target", more: arguments)
        #expect(outcome.status != 3, "\(outcome.errorText)")
        var outputs = try bench.outputs(of: outcome)
        outputs["check"] = try bench.run("results", "check", more: Set(files).sorted()).output
        for (name, bytes) in outputs {
            let text = String(decoding: bytes, as: UTF8.self)
            for secret in [ToolFixture.secret, ToolFixture.noise, ToolFixture.base64(ToolFixture.secret)] {
                #expect(!text.contains(secret), "\(name)")
            }
        }
    }

    @Test("results check says what was understood, and ends with 2 where that was not all")
    func check() throws {
        let whole = try bench.run("results", "check", try write("Trivy, an image"))
        #expect(whole.status == 0)
        #expect(whole.outputText.contains("component.vulnerable, critical: 1"), "\(whole.outputText)")
        #expect(try bench.run("results", "check", try write("Trivy, no result")).status == 2)
        #expect(try bench.run("results", "check", try write("Trivy, an image", cut: 900)).status == 2)
        #expect(try bench.run("results", "check", "nowhere.json").status == 3)
        #expect(try bench.run("results", "list").outputText.contains("noseyparker"))
    }

    @Test("a watched run gives its exit status on, and a failed one passes nothing")
    func watched() throws {
        let file = try write("Grype, nothing found")
        let fine = try bench.run("run", "--tool", "grype", "-o", "out.json", "--", "cat", file)
        #expect(fine.status == 0, "\(fine.errorText)")
        #expect(try audit("--results", "out.json").status == 0)
        let evidence = String(decoding: try bench.reports()["evidence.json"] ?? [], as: UTF8.self)
        #expect(evidence.contains("\"exitStatus\":0"))
        let failed = try bench.run(
            "run", "--tool", "grype", "-o", "out.json", "--", "sh", "-c", "cat \(file); exit 77")
        #expect(failed.status == 77)
        let withheld = try audit("--results", "out.json")
        #expect(withheld.status == 2)
        #expect(withheld.errorText.contains("it ended with status 77"))
        _ = try bench.scratch.write("[]", to: "out.json")
        #expect(try audit("--results", "gitleaks:out.json").errorText.contains("wrote something else"))
    }

    @Test(
        "a watched run tells how it ended, also where whoever started us does not want to know of such ends")
    func ignoredEnds() throws {
        let inner = "run --tool grype -o inner.json -- sh -c 'exit 7'"
        let outcome = try bench.run(
            "run", "--tool", "sh", "-o", "outer.json", "--", "sh", "-c",
            "trap '' CHLD; exec /proc/$PPID/exe \(inner)")
        #expect(outcome.status == 7, "\(outcome.errorText)")
    }

    @Test("a table of one's own says what a tool's rules find, and how bad that is")
    func importers() throws {
        _ = try bench.scratch.write(
            """
            apiVersion: palimpsest/v1
            kind: Importer
            tools: [in-house-tool, grype]
            severities: [{words: [negligible], severity: critical}]
            """, to: "table.yaml")
        let file = try write("Grype, an image")
        #expect(try bench.run("results", "check", file).outputText.contains("component.vulnerable, info: 1"))
        let outcome = try bench.run("results", "check", file, "--importers", "table.yaml")
        #expect(outcome.outputText.contains("component.vulnerable, critical: 1"), "\(outcome.outputText)")
        _ = try bench.scratch.write(
            "apiVersion: palimpsest/v1\nkind: Importer\ntool: [x]\n", to: "broken.yaml")
        let broken = try audit("--results", file, "--importers", "broken.yaml")
        #expect(broken.status == 3)
        #expect(broken.errorText.contains("broken.yaml:3"), "\(broken.errorText)")
    }
}
