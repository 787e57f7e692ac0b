import Foundation
import Model
import Reporting
import TestSupport
import Testing

@Suite("What no format may take for a pass")
struct UnearnedPassTests {
    @Test(
        "HDF has passed what passes, and nothing without impact that applies",
        arguments: ReportCase.withWaivers)
    func hdf(example: ReportCase) throws {
        struct Document: Decodable {
            struct Profile: Decodable { let controls: [Control] }
            struct Control: Decodable {
                struct Tags: Decodable { let status: String }
                struct Result: Decodable { let status: String }

                let impact: Double
                let tags: Tags
                let results: [Result]
            }

            let profiles: [Profile]
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(try example.text("hdf").utf8))
        let controls = document.profiles.flatMap(\.controls)
        #expect(!controls.isEmpty)
        for control in controls {
            let status = control.tags.status
            let words = ["pass": "passed", "fail": "failed", "warn": "failed", "error": "error"]
            #expect(control.results.map(\.status) == [words[status] ?? "skipped"], "\(status)")
            #expect((control.impact == 0) == (status == "not-applicable"))
        }
    }

    @Test("OSCAL is satisfied by what passes alone; a warning is told by an observation")
    func oscal() throws {
        let example = ReportCase.leakyAgent
        let text = try example.text("oscal")
        let scored = Set(example.policy.frameworks.filter(\.scored).map(\.id))
        func count(_ status: Status) -> Int {
            example.assessment.controls.count { $0.status == status && scored.contains($0.framework) }
        }
        #expect(text.components(separatedBy: #""state":"satisfied""#).count - 1 == count(.pass))
        #expect(count(.warn) > 0)
        #expect(text.contains(#""description":"warning: "#))
    }

    @Test(
        "a detector that did not finish leaves nothing whole, though another saw the same",
        arguments: [Receipt.Outcome.incomplete, .failed])
    func unfinished(outcome: Receipt.Outcome) throws {
        let example = ReportCase.clean
        #expect(example.report.basis.isWhole)
        var evidence = example.evidence
        evidence.add(
            Made.receipt(
                "other", provides: [.secrets], layers: evidence.layers, target: evidence.image.digest,
                outcome: outcome))
        let broken = ReportCase(
            name: "broken", evidence: evidence, assessment: example.assessment, policy: example.policy)
        #expect(!broken.report.basis.isWhole)
        #expect(try broken.text("sarif").contains(#""executionSuccessful":false"#))
        #expect(try broken.text("sarif").contains(#""id":"detector-not-completed""#))
        #expect(try broken.text("cyclonedx").contains(#""aggregate":"incomplete""#))
        #expect(try !broken.text("markdown-full").contains("every byte was looked at"))
    }

    @Test(
        "what no receipt covers is not whole, whichever class of evidence it is",
        arguments: [EvidenceClass.secrets, .certificates, .configuration, .filesystem])
    func uncovered(missing: EvidenceClass) {
        let example = ReportCase.clean.changed(receipts: { receipt in
            receipt.ended(.completed, provides: receipt.provides.filter { $0 != missing })
        })
        #expect(!example.report.basis.isWhole)
    }

    @Test("a gap that hides something is no success in SARIF, whatever the verdict")
    func gap() throws {
        let gap = Gap(layer: 1, path: EntryPath("a.zip"), reason: .encryptedArchive, detail: "locked")
        let sarif = try ReportCase.clean.changed(gaps: [gap]).text("sarif")
        #expect(sarif.contains(#""executionSuccessful":false"#))
    }

    @Test("each rule that nobody could judge is an open result of SARIF", arguments: ReportCase.all)
    func open(example: ReportCase) throws {
        let unknown = example.assessment.rules.filter { $0.status == .notAssessed || $0.status == .error }
        let sarif = try example.text("sarif")
        #expect(sarif.components(separatedBy: #""kind":"open","level":"none""#).count - 1 == unknown.count)
    }
}
