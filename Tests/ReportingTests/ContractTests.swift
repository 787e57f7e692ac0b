import FoundationEssentials
import Model
import Reporting
import TestSupport
import Testing

/// A format together with a case, so that a failure names both.
struct FormatCase: Sendable, CustomTestStringConvertible {
    let format: any ReportFormat
    let example: ReportCase

    var testDescription: String { "\(format.id) of \(example.name)" }

    static let all = ReportFormats.all.flatMap { format in
        ReportCase.all.map { FormatCase(format: format, example: $0) }
    }

    /// Whether it is the data itself, for programs, with JSON's own escapes and no others.
    var isDocument: Bool { ["evidence", "assessment"].contains(format.id) }

    func text() throws -> String { String(decoding: try format.write(example.report), as: UTF8.self) }
}

@Suite("What every format keeps to")
struct ContractTests {
    @Test("the same report gives the same bytes, ending with a line feed", arguments: FormatCase.all)
    func deterministic(subject: FormatCase) throws {
        let first = try subject.format.write(subject.example.report)
        #expect(try subject.format.write(subject.example.report) == first)
        #expect(first.last == 0x0a)
    }

    @Test("the bytes are UTF-8 without control characters", arguments: FormatCase.all)
    func plainText(subject: FormatCase) throws {
        let bytes = try subject.format.write(subject.example.report)
        let text = try #require(String(validating: bytes, as: UTF8.self))
        let controls = text.unicodeScalars.filter { scalar in
            scalar.value < 0x20 && scalar != "\n" || scalar.value == 0x7f
        }
        // JSON leaves DEL as it is, by the letter of RFC 8785, and RFC 4180 ends rows with CRLF.
        let allowed: Unicode.Scalar = subject.format.mediaType == "text/csv" ? "\r" : "\u{7f}"
        #expect(controls.allSatisfy { $0 == allowed && (allowed == "\r" || subject.isDocument) })
    }

    @Test(
        "nothing invisible, reversed or forged reaches a format that people read", arguments: FormatCase.all)
    func neutral(subject: FormatCase) throws {
        guard !subject.isDocument else { return }
        let text = try subject.text()
        for scalar in text.unicodeScalars where !scalar.isASCII {
            let isMisleading =
                scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isNoncharacterCodePoint
                || [.format, .control, .privateUse, .lineSeparator, .paragraphSeparator]
                    .contains(scalar.properties.generalCategory)
            #expect(!isMisleading, "U+\(String(scalar.value, radix: 16))")
        }
        #expect(!text.contains("##["))
        #expect(!text.contains("##vso["))
        for line in text.split(separator: "\n") { #expect(!line.drop { $0 == " " }.hasPrefix("::")) }
    }

    @Test("the image, the verdict and every rule are named", arguments: FormatCase.all)
    func complete(subject: FormatCase) throws {
        guard subject.example.name != "hostile", !["evidence", "cyclonedx"].contains(subject.format.id)
        else { return }
        let text = try subject.text()
        #expect(text.contains(subject.example.evidence.image.digest.text))
        for rule in subject.example.assessment.rules where rule.status != .pass {
            #expect(text.contains(rule.id), "\(rule.id)")
        }
    }

    @Test("ids and file names are unique, and each format has a file of its own in Formats/")
    func listed() throws {
        #expect(Set(ReportFormats.all.map(\.id)).count == ReportFormats.all.count)
        #expect(Set(ReportFormats.all.map(\.fileName)).count == ReportFormats.all.count)
        let folder = RepositoryRoot.path + "/Sources/Reporting/Formats"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files.count == ReportFormats.all.count)
        for format in ReportFormats.all {
            #expect(ReportFormats.named(format.id)?.fileName == format.fileName)
        }
        #expect(ReportFormats.named("pdf") == nil)
    }
}

@Suite("The view behind all formats")
struct ReportTests {
    @Test("the counts of each scorecard are those of the assessment", arguments: ReportCase.all)
    func totals(example: ReportCase) {
        for scorecard in example.report.scorecards {
            let results = example.assessment.controls.filter { $0.framework == scorecard.id.text }
            #expect(scorecard.total == results.count)
            #expect(scorecard.counts.reduce(0) { $0 + $1.count } == results.count)
            for status in Status.allCases {
                #expect(scorecard.count(of: status) == results.count { $0.status == status })
            }
            let parts = scorecard.parts.reduce(0) { $0 + $1.total }
            #expect(scorecard.parts.isEmpty || parts == scorecard.total)
        }
    }

    @Test("no finding is left out, and one secret is one subject", arguments: ReportCase.all)
    func findings(example: ReportCase) {
        let report = example.report
        let placements = report.subjects.filter(\.isFinding).flatMap(\.placements)
        #expect(placements.count == example.evidence.findings.count)
        let secrets = Set(example.evidence.findings.map { $0.fingerprint?.text ?? $0.id })
        #expect(report.subjects.count(where: \.isFinding) == secrets.count)
        #expect(report.subjects.map(\.number) == report.subjects.indices.map { $0 + 1 })
        #expect(report.remedies.flatMap(\.subjects).count == report.subjects.count)
    }

    @Test("a control that the assessment leaves out is not assessed")
    func missingControl() {
        let example = ReportCase.clean
        let judged = example.assessment
        let empty = Assessment(
            image: judged.image, asOf: judged.asOf, policy: judged.policy, status: judged.status,
            reason: judged.reason, rules: [], controls: [])
        let report = ReportCase(
            name: example.name, evidence: example.evidence, assessment: empty, policy: example.policy
        ).report
        for scorecard in report.scorecards { #expect(scorecard.count(of: .notAssessed) == scorecard.total) }
    }

    @Test("the share of bytes is 100 % only when no byte is missing")
    func share() {
        #expect(ReportCase.clean.report.basis.bytesText == "8.0 MB of 8.0 MB (100 %)")
        #expect(ReportCase.incomplete.report.basis.bytesText == "4.7 MB of at least 4.9 MB")
        #expect(ReportCase.incomplete.report.basis.layersText == "1 of 3 layers read whole, 1 not at all")
    }

    @Test("of a layer that breaks off nobody knows how much is missing")
    func cut() {
        let clean = ReportCase.clean
        let gap = Gap(layer: 0, reason: .truncated, detail: "gzip stream ends before its last block")
        let evidence = Evidence(
            image: clean.evidence.image, layers: clean.evidence.layers, findings: [], inventory: [],
            gaps: [gap],
            receipts: clean.evidence.receipts, fingerprintKey: clean.evidence.fingerprintKey)
        let basis = ReportCase(
            name: clean.name, evidence: evidence, assessment: clean.assessment, policy: clean.policy
        ).report.basis
        #expect(basis.bytesText == "8.0 MB of at least 8.0 MB")
        #expect(basis.layersText == "1 of 2 layers read whole, 1 in part")
    }

    @Test("a lane ends at the layer that hid its secret, and at the top where nothing did")
    func lanes() throws {
        let timeline = ReportCase.leakyAgent.report.timeline
        let deleted = try #require(timeline.lanes.first { $0.placement.place == "/srv/agent/.env:3" })
        #expect(deleted.from.map { timeline.steps[$0].layer.index } == 3)
        #expect(deleted.to.map { timeline.steps[$0].layer.index } == 5)
        let metadata = try #require(timeline.lanes.first { $0.placement.place == "Env/AGENT_MODEL_KEY" })
        #expect(metadata.from.map { timeline.steps[$0].layer.history } == 6)
        #expect(metadata.to == nil)
    }

    @Test(
        "an image is named the same from build to build",
        arguments: [
            ("oci-archive:build/leaky-agent.tar:1.4.2", "leaky-agent"), ("oci:demo:latest", "demo"),
            ("docker://registry.example:5000/team/App@sha256:00", "app"), ("../../", "image"),
            ("docker-archive:a.tar.gz", "a"), ("nginx", "nginx"),
        ])
    func slug(name: String, slug: String) {
        let example = ReportCase.clean
        var facts = example.evidence.image
        facts.name = name
        let evidence = Evidence(
            image: facts, layers: [], findings: [], inventory: [], gaps: [], receipts: [], fingerprintKey: "")
        let report = ReportCase(
            name: name, evidence: evidence, assessment: example.assessment, policy: example.policy
        ).report
        #expect(report.image.slug.text == slug)
    }
}
