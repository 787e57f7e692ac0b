import Model
import Testing

@testable import Reporting

@Suite("The sentence below the verdict")
struct LeadTests {
    @Test(
        "it tells what was found, in numbers a person asks for",
        arguments: [
            (
                ReportCase.leakyAgent,
                "5 of 8 rules are broken and 2 call for a look: 2 critical, 3 high, 1 medium and 1 low findings in "
                    + "3 layers and the metadata; 2 are no longer visible in a container but still in the image."
            ),
            (ReportCase.clean, "All 8 rules are met."),
            (
                ReportCase.incomplete,
                "7 of 8 rules could not be judged and 1 is broken: 1 medium finding in 1 layer; 1 comes "
                    + "from the base image."
            ),
        ])
    func sentence(example: ReportCase, lead: String) {
        #expect(example.report.lead.text == lead)
    }

    @Test(
        "the assessment's own reason stands below it, in the page and in Markdown", arguments: ReportCase.all)
    func reason(example: ReportCase) throws {
        for id in ["html", "markdown"] {
            let format = try #require(ReportFormats.named(id))
            let text = String(decoding: try format.write(example.report), as: UTF8.self)
            #expect(text.contains(example.report.lead.text.prefix(40)))
            #expect(text.contains(example.report.verdict.reason.text.prefix(40)))
        }
    }
}

@Suite("The order of frameworks")
struct FrameworkOrderTests {
    @Test("frameworks stand in the order in which the policy's rules usually name them")
    func order() {
        #expect(
            ReportCase.clean.report.scorecards.map(\.id.text) == ["owasp-nhi", "nist-csf", "nist-sp-800-207"])
        let policy = SamplePolicy.policy
        let turned = Policy(
            id: policy.id, title: policy.title, digest: policy.digest, frameworks: policy.frameworks,
            rules: policy.rules.map(Self.turned))
        let report = ReportCase(
            name: "turned", evidence: ReportCase.clean.evidence, assessment: ReportCase.clean.assessment,
            policy: turned
        ).report
        #expect(report.scorecards.map(\.id.text).last == "owasp-nhi")
    }

    @Test("a framework that no rule names comes last, and is not lost")
    func unnamed() {
        let policy = SamplePolicy.policy
        let silent = Policy(
            id: policy.id, title: policy.title, digest: policy.digest,
            frameworks: policy.frameworks.reversed(), rules: [])
        let report = ReportCase(
            name: "silent", evidence: ReportCase.clean.evidence, assessment: ReportCase.clean.assessment,
            policy: silent
        ).report
        #expect(report.scorecards.count == policy.frameworks.count(where: \.scored))
    }

    private static func turned(_ rule: Rule) -> Rule {
        Rule(
            id: rule.id, title: rule.title, rationale: rule.rationale, requires: rule.requires,
            subject: rule.subject, matcher: rule.matcher, effect: rule.effect, severity: rule.severity,
            remediation: rule.remediation,
            controls: rule.controls.sorted { $0.framework < $1.framework }, source: rule.source)
    }
}
