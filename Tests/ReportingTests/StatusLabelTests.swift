import Model
import Testing

@testable import Reporting

@Suite("What a status is called")
struct StatusLabelTests {
    @Test(
        "the word stands before the reason once, also where the reason begins with it",
        arguments: [
            (Status.notAssessed, "layer 1 is missing", "not assessed: layer 1 is missing"),
            (.notAssessed, "not assessed: layer 1", "not assessed: layer 1"),
            (.notAssessed, "not assessed, because a is not", "not assessed, because a is not"),
            (.pass, "passes with nothing found", "pass: passes with nothing found"),
        ])
    func once(status: Status, reason: String, wanted: String) {
        #expect(status.label(.cleaning(reason)).text == wanted)
    }

    @Test("no format says twice that something was not assessed")
    func formats() throws {
        let rules = Dictionary(
            uniqueKeysWithValues: ReportCase.clean.policy.rules.map { rule in
                (rule.id, ReportCase.Outcome.unknown("not assessed: layer 1 could not be read"))
            })
        let example = ReportCase.make(
            "unread", evidence: ReportCase.incomplete.evidence, outcomes: rules, receipts: [])
        for format in ReportFormats.all {
            let text = try example.text(format.id)
            #expect(!text.contains("not assessed: not assessed"), "\(format.id)")
        }
        #expect(try example.text("junit").contains("not assessed: layer 1 could not be read"))
    }
}
