import Cryptography
import Foundation
import JSONDocuments
import Model
import Reporting
import TestSupport
import Testing

@Suite("JSON documents")
struct JSONTests {
    @Test("what is written is read back as the same value", arguments: ReportCase.all)
    func roundTrip(example: ReportCase) throws {
        let decoder = JSONDecoder()
        let evidence = try decoder.decode(Evidence.self, from: Data(bytes("evidence", of: example)))
        let assessment = try decoder.decode(Assessment.self, from: Data(bytes("assessment", of: example)))
        #expect(evidence == example.evidence)
        #expect(assessment == example.assessment)
    }

    @Test(
        "members come in the order of the document, so that a long one is written as it is made",
        arguments: ReportCase.all)
    func inOrder(example: ReportCase) throws {
        var portions: [[UInt8]] = []
        try CanonicalJSON.encode(example.evidence, portion: 1) { portions.append(Array($0)) }
        #expect(try bytes("evidence", of: example) == Self.summed(Array(portions.joined())))
        portions = []
        try CanonicalJSON.encode(example.assessment, portion: 1) { portions.append(Array($0)) }
        #expect(portions.joined().elementsEqual(try bytes("assessment", of: example)))
    }

    @Test("findings stand in their own list, whatever else the evidence calls things")
    func findings() throws {
        var evidence = ReportCase.leakyAgent.evidence
        evidence.source = #"{"findings":[]}"#
        evidence.comparedWith = [
            ComparedImage(name: #""findings":["#, digest: Made.digest(1), environment: nil)
        ]
        let example = ReportCase.leakyAgent
        let changed = ReportCase(
            name: "named", evidence: evidence, assessment: example.assessment, policy: example.policy)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let document = Array(try encoder.encode(evidence)) + [0x0a]
        #expect(try bytes("evidence", of: changed) == Self.summed(document))
    }

    /// The document with the sum of what stands before its line feed, as its last member.
    private static func summed(_ document: [UInt8]) -> [UInt8] {
        let digest = Digest(sha256: SHA256Hasher.hash(Array(document.dropLast())))
        return document.dropLast(2) + Array(",\"sum\":\"\(digest)\"}\n".utf8)
    }

    @Test("keys are in the order of their UTF-16 code units, also beyond the basic plane")
    func order() throws {
        let text = String(decoding: try bytes("evidence", of: .hostile), as: UTF8.self)
        let key = try #require(text.range(of: "\u{1f511}"))
        let wave = try #require(text.range(of: "\u{ff5e}"))
        #expect(key.lowerBound < wave.lowerBound)
    }

    @Test(
        "the committed documents are valid against the published schemas",
        arguments: ["evidence", "assessment"])
    func schema(document: String) throws {
        let schema = RepositoryRoot.path + "/Templates/schemas/\(document)-1.schema.json"
        let check =
            "import json,sys,jsonschema; v=jsonschema.Draft202012Validator(json.load(open(sys.argv[1]))); "
            + "[v.validate(json.load(open(f))) for f in sys.argv[2:]]"
        guard let python = ProgramRunner(tool: "python3"),
            try python.run(["-c", "import jsonschema"]).status == 0
        else {
            print("skipped: no python3 with jsonschema")
            return
        }
        let files = ReportCase.all.map { Samples.folder + "/\($0.name)/\(document).json" }
        let result = try python.run(["-c", check, schema] + files)
        #expect(result.status == 0, "\(result.errorText)")
    }

    @Test("the schemas know every word of the model")
    func vocabulary() throws {
        let evidence = try schemaText("evidence-1")
        let assessment = try schemaText("assessment-1")
        let words =
            FindingKind.allCases.map(\.rawValue) + InventoryType.allCases.map(\.rawValue)
            + GapReason.allCases.map(\.rawValue) + Origin.allCases.map(\.rawValue)
            + Persistence.allCases.map(\.rawValue) + Severity.allCases.map(\.rawValue)
            + Confidence.allCases.map(\.rawValue) + EvidenceClass.allCases.map(\.rawValue)
        for word in words { #expect(evidence.contains("\"\(word)\""), "\(word)") }
        let outcomes = Status.allCases.map(\.rawValue) + Control.Reach.allCases.map(\.rawValue)
        for word in outcomes { #expect(assessment.contains("\"\(word)\""), "\(word)") }
        #expect(evidence.contains("\"const\": \"\(Evidence.schema)\""))
        #expect(assessment.contains("\"const\": \"\(Assessment.schema)\""))
    }

    private func bytes(_ format: String, of example: ReportCase) throws -> [UInt8] {
        try #require(ReportFormats.named(format)).write(example.report)
    }

    private func schemaText(_ name: String) throws -> String {
        try String(
            contentsOfFile: RepositoryRoot.path + "/Templates/schemas/\(name).schema.json", encoding: .utf8)
    }
}
