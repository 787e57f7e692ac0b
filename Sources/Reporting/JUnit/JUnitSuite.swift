/// One suite: a framework with its controls, or the policy with its rules.
struct JUnitSuite {
    let name: SafeText
    let className: SafeText
    let cases: [JUnitCase]

    static func all(of report: Report) -> [JUnitSuite] {
        let frameworks = report.scorecards.map { scorecard in
            JUnitSuite(
                name: scorecard.title, className: "\(report.image.slug).\(scorecard.id)",
                cases: scorecard.controls.map { JUnitCase($0, report: report) })
        }
        let rules = JUnitSuite(
            name: "Policy rules", className: "\(report.image.slug).policy",
            cases: report.rules.sorted { $0.id < $1.id }.map { JUnitCase($0, report: report) })
        return frameworks + [rules]
    }
}
