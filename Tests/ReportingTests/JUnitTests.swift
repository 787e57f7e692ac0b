import FoundationEssentials
import Model
import Reporting
import TestSupport
import Testing
import XMLDocuments

@Suite("JUnit")
struct JUnitTests {
    @Test("the document keeps to what both schemas allow", arguments: ReportCase.all)
    func profile(example: ReportCase) throws {
        let root = try read(example)
        #expect(root.name == "testsuites")
        #expect(root.attributes.isEmpty)
        for (number, suite) in root.children.enumerated() {
            #expect(
                suite.attributes.map(\.name) == [
                    "name", "package", "id", "hostname", "timestamp", "tests", "failures", "errors",
                    "skipped",
                    "time",
                ])
            #expect(suite["id"] == String(number))
            #expect(suite["timestamp"] == "2026-11-23T10:00:00")
            let names = suite.children.map(\.name)
            #expect(names.first == "properties")
            #expect(names.suffix(2) == ["system-out", "system-err"])
            #expect(names.dropFirst().dropLast(2).allSatisfy { $0 == "testcase" })
            for testCase in suite.children(named: "testcase") {
                #expect(testCase.attributes.map(\.name) == ["name", "classname", "time"])
                #expect(testCase.children.count <= 1)
                for outcome in testCase.children {
                    let message = try #require(outcome["message"])
                    #expect(outcome.text.hasPrefix(message))
                    #expect(outcome.name == "skipped" || outcome["type"] != nil)
                }
            }
        }
    }

    @Test("totals are those of the assessment, and names are unique", arguments: ReportCase.all)
    func totals(example: ReportCase) throws {
        let suites = try read(example).children
        #expect(suites.count == example.policy.frameworks.count(where: \.scored) + 1)
        for suite in suites {
            let cases = suite.children(named: "testcase")
            #expect(Set(cases.map { $0["name"] }).count == cases.count)
            #expect(suite["tests"] == String(cases.count))
            #expect(suite["errors"] == "0")
            for (attribute, element) in [("failures", "failure"), ("skipped", "skipped")] {
                let count = cases.count { !$0.children(named: element).isEmpty }
                #expect(suite[attribute] == String(count))
            }
        }
        let rules = try #require(suites.last)
        let broken = example.assessment.rules.count { [.fail, .notAssessed, .error].contains($0.status) }
        #expect(rules["tests"] == String(example.assessment.rules.count))
        #expect(rules["failures"] == String(broken))
    }

    @Test("what was not assessed is a failure that says so")
    func notAssessed() throws {
        let suites = try read(.incomplete).children
        let failure = try #require(
            suites.last?.children.first { $0["name"]?.hasPrefix("keys.private") == true }?.children
                .first)
        #expect(failure.name == "failure")
        #expect(failure["type"] == "not-assessed")
        #expect(failure.text.hasPrefix("not assessed: layer 1 could not be read"))
    }

    @Test("a warning passes, and the suite's output tells it")
    func warning() throws {
        let suite = try #require(try read(.leakyAgent).children.last)
        let output = try #require(suite.children(named: "system-out").first?.text)
        #expect(output.contains("warning: secrets.long-lived"))
    }

    @Test("a control that passes on somebody's word says whose, in the suite's output or its own")
    func attested() throws {
        let bare = ReportCase.clean
        let control = try #require(bare.assessment.controls.first { $0.status == .pass })
        func example(_ state: AttestationResult.State) -> ReportCase {
            let day = Instant(seconds: 0)
            let word = ControlAttestation(
                framework: control.framework, control: control.id, images: [], statement: "seen",
                attestedBy: "Platform", evidence: [], validity: Validity(created: day, lastDay: day),
                source: "a.yaml:1:1")
            return bare.signed(
                Made.digest(6), attestations: [AttestationResult(word, state: state)])
        }
        func output(_ root: XMLElement) -> String {
            (root.children + root.children.flatMap { $0.children(named: "testcase") })
                .flatMap { $0.children(named: "system-out") }.map(\.text).joined()
        }
        let line = "\(control.id) \(control.title): \(control.reason)"
        for flavour in ["junit", "junit-gitlab"] {
            #expect(output(try read(example(.active), flavour)).contains(line))
            #expect(!output(try read(example(.decided), flavour)).contains(line))
        }
        let page = try example(.active).text("html")
        #expect(page.contains("as passed only where somebody attested it"))
        #expect(!page.contains("never as passed"))
    }

    @Test("names stay the same whatever is found: no counts, digests or tags")
    func stableNames() throws {
        func names(_ example: ReportCase) throws -> [String] {
            let suites = try read(example).children
            return suites.flatMap { $0.children(named: "testcase") }.compactMap { $0["name"] }
        }
        #expect(try names(.leakyAgent) == names(.clean))
    }

    @Test(
        "the document is valid against the schemas of other tools",
        arguments: [
            ("junit-10.xsd", "TEST-palimpsest.xml"), ("windyroad-JUnit.xsd", "TEST-palimpsest.xml"),
            ("surefire-test-report.xsd", "TEST-palimpsest-surefire.xml"),
        ])
    func schemas(schema: String, file: String) throws {
        // The schemas are not ours to ship: they lie beside the repository, or beside the folder it is in.
        let path = ["..", "../.."].map { RepositoryRoot.file("\($0)/shared/samples/junit/\(schema)") }
            .first { FileManager.default.fileExists(atPath: $0) }
        guard let path else {
            print("skipped: no \(schema) beside the repository")
            return
        }
        for example in ReportCase.all {
            let document = Samples.folder + "/\(example.name)/\(file)"
            guard let xmllint = ProgramRunner(tool: "xmllint") else {
                print("skipped: no xmllint")
                return
            }
            let result = try xmllint.run(["--noout", "--nonet", "--schema", path, document])
            #expect(result.status == 0, "\(result.errorText)")
        }
    }

    @Test("flavours have the same cases, with what their readers show beside", arguments: ReportCase.all)
    func flavours(example: ReportCase) throws {
        let strict = try names(read(example))
        #expect(try names(read(example, "junit-surefire")) == strict)
        let gitlab = try read(example, "junit-gitlab")
        #expect(names(gitlab) == strict)
        let rules = try #require(gitlab.children.last).children(named: "testcase")
        #expect(rules.allSatisfy { $0["file"]?.hasPrefix("baseline/") == true })
    }

    private func names(_ root: XMLElement) -> [String?] {
        let suites = root.name == "testsuite" ? [root] : root.children
        return suites.flatMap { $0.children(named: "testcase").map { $0["name"] } }
    }

    private func read(_ example: ReportCase, _ id: String = "junit") throws -> XMLElement {
        let format = try #require(ReportFormats.named(id))
        return try XMLDocument.parse(format.write(example.report))
    }
}
