import Foundation
import Model
import Reporting
import TestSupport
import Testing
import XMLDocuments

@Suite("Comparisons as text, Markdown, JSON and JUnit")
struct DifferenceTests {
    /// Text that no reader may take for anything but text.
    private static let hostile = "a\u{1b}[31m|`x`\u{202e}<b>&\u{7}\n::error::b ##[group]"

    private static func audit(_ status: Status) -> ComparedAudit {
        let facts = ReportCase.hostile.assessment
        return ComparedAudit(
            Assessment(
                image: facts.image, asOf: facts.asOf, policy: facts.policy, status: status, reason: "",
                rules: [], controls: []), hasEvidence: true)
    }

    /// One of everything, with hostile words wherever an image or a document has a say.
    private static let difference: AuditDifference = {
        let audits: [Change] = [.mappingChanged, .detectorChanged]
        let subjects = Change.allCases.filter { !audits.contains($0) }.flatMap { change in
            [FactSubject.finding, .inventory].map { subject in
                SubjectDifference(
                    change: change, subject: subject, id: "0b6f9d3e-0000-5000-8000-000000000001",
                    kind: "credential.cloud", rule: subject == .finding ? "r.\(hostile)" : nil,
                    title: hostile, severity: .high,
                    fingerprint: subject == .finding
                        ? Fingerprint(hmac: Array(repeating: 7, count: 32)) : nil,
                    places: ["/app/\(hostile)", "/b"], placements: 30, breaks: ["one", hostile],
                    acceptedBy: change == .reopened ? [hostile] : nil, reason: hostile)
            }
        }
        let rules = Change.allCases.filter { !audits.contains($0) }.map { change in
            RuleDifference(
                change: change, rule: "rule.\(change.rawValue)", title: hostile, severity: .critical,
                before: change == .new ? nil : .pass, after: .fail, reason: hostile)
        }
        let receipt = Receipt(
            detector: "d", tool: hostile, version: hostile, rules: Made.digest(3), target: Made.digest(1),
            provides: [.secrets], layers: [], metadata: true, outcome: .completed)
        let image = ImageDifference(
            before: audit(.pass), after: audit(.fail), subjects: subjects, rules: rules,
            controls: [
                ControlDifference(
                    framework: "nist", control: hostile, title: hostile, before: .pass, after: nil)
            ],
            coverage: CoverageLoss.Part.allCases.map {
                CoverageLoss(part: $0, name: hostile, reason: hostile)
            },
            mapping: [
                MappingDifference(
                    framework: "nist", control: "AC-1", rule: hostile, before: "direct", after: nil)
            ],
            detectors: [
                DetectorDifference(
                    detector: hostile, tool: "t", before: [], after: [.init(receipt)])
            ],
            untold: [hostile])
        let document = ComparedDocument(
            form: .bundle, digest: Made.digest(9), signature: .checked, keyID: "abcd", isJudgedNow: false)
        return AuditDifference(
            before: document,
            after: ComparedDocument(form: .evidence, digest: Made.digest(8), isJudgedNow: true),
            earlier: [document],
            images: [image, ImageDifference(before: nil, after: audit(.notAssessed))])
    }()

    private static func text(_ format: DifferenceFormat, failing: [Change] = Change.worse) throws -> String {
        String(decoding: try format.write(difference, failing: Set(failing)), as: UTF8.self)
    }

    @Test("nothing of an image's words does anything in text, Markdown or JUnit")
    func hostile() throws {
        for format in [DifferenceFormat.text, .markdown, .junit] {
            let text = try Self.text(format)
            for scalar in ["\u{1b}", "\u{202e}", "\u{7}"] { #expect(!text.contains(scalar), "\(format)") }
            #expect(!text.contains("##[group]"))
            #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::error") })
            #expect(!text.contains("<b>") || format != .junit)
        }
        #expect(try Self.text(.text).split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test("the same comparison is the same bytes; the totals are those of the lists")
    func totals() throws {
        for format in DifferenceFormat.allCases { #expect(try Self.text(format) == Self.text(format)) }
        #expect(Self.difference.totals["new"] == 3)
        #expect(Self.difference.totals["coverage-lost"] == 7)
        #expect(Self.difference.totals["detector-changed"] == 1)
        #expect(!Self.difference.isComplete)
        let read = try JSONDecoder().decode(AuditDifference.self, from: Data(Self.text(.json).utf8))
        #expect(read == Self.difference)
    }

    @Test(
        "JUnit fails where the run does, on nothing that was accepted, with names that tell all cases apart")
    func junit() throws {
        func suites(_ failing: [Change]) throws -> [XMLElement] {
            try XMLDocument.parse(Array(Self.text(.junit, failing: failing).utf8)).children
        }
        func failures(_ failing: [Change]) throws -> [String] {
            try suites(failing)[0].children(named: "testcase")
                .compactMap { $0.children(named: "failure").first?["type"] }
        }
        #expect(try failures([]) == ["incomplete"])
        #expect(try failures([.new]).filter { $0 == "new" }.count == 3)
        // Both of the subjects were accepted; the rule was not.
        #expect(try failures([.reopened]).filter { $0 == "reopened" }.count == 1)
        #expect(try failures([.coverageLost]).filter { $0 == "coverage-lost" }.count == 7)
        for suite in try suites(Change.worse) {
            let cases = suite.children(named: "testcase")
            #expect(Set(cases.map { [$0["classname"], $0["name"]] }).count == cases.count)
            #expect(suite["tests"] == String(cases.count))
        }
    }

    @Test("in JUnit images that are called alike are told apart, also those of one digest")
    func namesakes() throws {
        func audit(_ name: String, _ digest: Int) -> ComparedAudit {
            let facts = ReportCase.clean.assessment
            var image = facts.image
            (image.name, image.digest) = (name, Made.digest(digest))
            return ComparedAudit(
                Assessment(
                    image: image, asOf: facts.asOf, policy: facts.policy, status: .pass, reason: "",
                    rules: [], controls: []), hasEvidence: true)
        }
        let document = ComparedDocument(form: .bundle, digest: Made.digest(9), isJudgedNow: false)
        let images = [("oci:prod", 1), ("oci:x/prod", 2), ("oci:y/prod", 2), ("oci:other", 3)]
        let difference = AuditDifference(
            before: document, after: document, earlier: [],
            images: images.map { ImageDifference(before: audit($0.0, $0.1 + 10), after: audit($0.0, $0.1)) })
        let suites = try XMLDocument.parse(
            try DifferenceFormat.junit.write(difference, failing: Set(Change.worse))
        ).children
        #expect(
            suites.map { $0["name"]?.dropFirst("palimpsest.diff.".count).prefix { $0 != "." } }
                == ["prod", "x-prod", "y-prod", "other"])
    }

    @Test("JUnit is valid under the strict profile", arguments: ["junit-10.xsd", "windyroad-JUnit.xsd"])
    func profile(schema: String) throws {
        let path = ["..", "../.."].map { RepositoryRoot.file("\($0)/shared/samples/junit/\(schema)") }
            .first { FileManager.default.fileExists(atPath: $0) }
        guard let path, let xmllint = ProgramRunner(tool: "xmllint") else {
            print("skipped: no xmllint, or no \(schema) beside the repository")
            return
        }
        let scratch = try ScratchFolder()
        let file = try scratch.write(try Self.text(.junit), to: "diff.xml")
        let result = try xmllint.run(["--noout", "--nonet", "--schema", path, file])
        #expect(result.status == 0, "\(result.errorText)")
    }

    @Test("JSON is valid against the published schema, which knows every word")
    func schema() throws {
        let schema = RepositoryRoot.path + "/Templates/schemas/diff-1.schema.json"
        let words = try String(contentsOfFile: schema, encoding: .utf8)
        let known =
            Change.allCases.map(\.rawValue) + CoverageLoss.Part.allCases.map(\.rawValue)
            + ComparedDocument.Form.allCases.map(\.rawValue)
            + ComparedDocument.Signature.allCases.map(\.rawValue) + [AuditDifference.schema]
        for word in known { #expect(words.contains("\"\(word)\""), "\(word)") }
        guard let python = ProgramRunner(tool: "python3"),
            try python.run(["-c", "import jsonschema"]).status == 0
        else {
            print("skipped: no python3 with jsonschema")
            return
        }
        let scratch = try ScratchFolder()
        let file = try scratch.write(try Self.text(.json), to: "diff.json")
        let check =
            "import json,sys,jsonschema; jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))"
            + ".validate(json.load(open(sys.argv[2])))"
        let result = try python.run(["-c", check, schema, file])
        #expect(result.status == 0, "\(result.errorText)")
    }
}
