internal import Model

/// One suite: a framework with its controls, the policy with its rules, or a document of the policy's tests.
struct JUnitSuite {
    let name: SafeText
    /// What the names of its cases' classes begin with.
    let package: SafeText
    let timestamp: Instant
    let properties: [(name: SafeText, value: SafeText)]
    let cases: [JUnitCase]

    /// The same cases one after the other, in a single suite.
    static func joined(_ suites: [JUnitSuite]) -> JUnitSuite? {
        suites.first.map { first in
            JUnitSuite(
                name: first.package, package: first.package, timestamp: first.timestamp,
                properties: first.properties, cases: suites.flatMap(\.cases))
        }
    }

    /// A suite for each framework, and one for the rules.
    static func all(of report: Report) -> [JUnitSuite] {
        let frameworks = report.scorecards.map { scorecard in
            let className = report.className(of: scorecard.id)
            return JUnitSuite(
                scorecard.title, of: report,
                cases: scorecard.controls.map { JUnitCase($0, of: className, report: report) })
        }
        let className = report.className(of: "policy")
        let rules = JUnitSuite(
            "Policy rules", of: report,
            cases: report.rules.sorted { $0.id < $1.id }.map { JUnitCase($0, of: className, report: report) })
        return frameworks + [rules]
    }
}

extension JUnitSuite {
    private init(_ name: SafeText, of report: Report, cases: [JUnitCase]) {
        self.init(
            name: name, package: "palimpsest.\(report.caseScope)", timestamp: report.basis.asOf,
            properties: [
                ("palimpsest.tool", report.tool), ("palimpsest.image", report.image.name),
                ("palimpsest.image.digest", report.image.digest),
                ("palimpsest.image.platform", report.image.platform),
                ("palimpsest.image.kind", report.image.otherKind ?? "image"),
                ("palimpsest.image.base", report.image.base?.sentence ?? "not known"),
                ("palimpsest.policy", report.basis.policyID),
                ("palimpsest.policy.digest", report.basis.policyDigest),
                ("palimpsest.verdict", .word(report.verdict.status)),
                ("palimpsest.verdict.reason", report.verdict.reason),
                ("palimpsest.verdict.without-waivers", .word(report.verdict.withoutWaivers)),
                (
                    "palimpsest.waivers",
                    .joined(report.waivers.map { "\($0.id): \(.word($0.state))" }, by: ", ")
                ),
            ], cases: cases)
    }
}

extension Report {
    /// Image and platform as a part of a class's name: readers drop what has a name that they have seen.
    fileprivate var caseScope: SafeText {
        "\(image.slug).\(.cleaning(image.platform.text.replacing("/", with: "-")))"
    }

    fileprivate func className(of suite: SafeText) -> SafeText { "\(caseScope).\(suite)" }
}
