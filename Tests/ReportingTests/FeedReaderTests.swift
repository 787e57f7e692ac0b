import FoundationEssentials
import Model
import Reporting
import TestSupport
import Testing

/// What others read in a report, held against the assessment it is of.
@Suite("Feeds read by the programs of others")
struct FeedReaderTests {
    /// Formats with what their reader counts, and the schema beside the repository that it can use.
    static let feeds: [Named<(counts: Set<Count>, schema: String?)>] = [
        Named(
            "sarif", ([.rules, .controls, .findings, .violations, .unknown], "sarif/sarif-schema-2.1.0.json")),
        Named("csv", ([.rules, .controls, .placements, .gaps], nil)),
        Named("defectdojo", ([.violations, .unknown], nil)),
        Named("openmetrics", ([.rules, .controls, .findings, .placements, .gaps], nil)),
        Named(
            "policyreport",
            ([.rules, .controls, .findings], "policyreport/wgpolicyk8s.io_policyreports-v1alpha2.crd.yaml")),
        Named(
            "openreports", ([.rules, .controls, .findings], "policyreport/openreports.io_reports.crd.yaml")),
        Named("ocsf", ([.rules, .controls], nil)),
        Named("cyclonedx", ([.secrets, .places], nil)),
        Named("oscal", ([.rules, .controls, .findings], nil)),
        Named("hdf", ([.rules, .controls, .findings], nil)),
        Named("junit", ([.tests, .failures], nil)),
        Named("junit-surefire", ([.tests, .failures], nil)),
        Named("junit-gitlab", ([.tests, .failures], nil)),
    ]

    enum Count: String {
        case rules, controls, findings, violations, placements, gaps, unknown, secrets, places, tests,
            failures
    }

    @Test("what is counted there is what the assessment holds", arguments: feeds)
    func counts(feed: Named<(counts: Set<Count>, schema: String?)>) throws {
        guard let python = PythonPackages.python else { try Test.cancel("needs packages of PyPI") }
        let format = try #require(ReportFormats.named(feed.description))
        let schema = feed.value.schema.flatMap(Self.sample)
        if feed.value.schema != nil, schema == nil {
            print("skipped: no schema of \(format.id) beside the repository")
        }
        let scratch = try ScratchFolder()
        let cases = ReportCase.withWaivers
        let files = try cases.map { example in
            try scratch.write(try format.write(example.report), to: "\(example.name)-\(format.fileName)")
        }
        let program = RepositoryRoot.file("Tests/Oracles/feeds.py")
        let outcome = try python.run([program, format.id, schema ?? ""] + files, seconds: 600)
        try #require(outcome.status == 0, "\(outcome.errorText.suffix(2000))")
        let read = try Self.numbers(outcome.outputText)
        for (position, example) in cases.enumerated() {
            for (name, number) in Self.expected(example) {
                guard let kind = Count(rawValue: String(name.prefix { $0 != "." })),
                    feed.value.counts.contains(kind)
                else { continue }
                #expect(read["\(position) \(name)", default: 0] == number, "\(example.name): \(name)")
            }
        }
    }

    /// The schemas are not ours to ship: they lie beside the repository, or beside the folder it is in.
    private static func sample(_ name: String) -> String? {
        ["..", "../.."].map { RepositoryRoot.file("\($0)/shared/samples/\(name)") }
            .first { FileManager.default.fileExists(atPath: $0) }
    }

    private static func numbers(_ text: String) throws -> [String: Int] {
        var result: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            let number = try #require(Int(parts[parts.count - 1]))
            result[parts.dropLast().joined(separator: " ")] = number
        }
        return result
    }

    /// From evidence, assessment and policy themselves, not from the view that formats are given.
    private static func expected(_ example: ReportCase) -> [String: Int] {
        var counts: [String: Int] = [:]
        let assessment = example.assessment
        for status in Status.allCases {
            counts["rules.\(status.rawValue)"] = assessment.rules.count { $0.status == status }
            for framework in example.policy.frameworks where framework.scored {
                counts["controls.\(framework.id).\(status.rawValue)"] = assessment.controls.count {
                    $0.framework == framework.id && $0.status == status
                }
            }
        }
        let findings = example.evidence.findings
        let anchors = Dictionary(findings.map { ($0.id, $0.fingerprint?.text ?? $0.id) }) { first, _ in first
        }
        counts["findings"] = Set(anchors.values).count
        counts["placements"] = findings.count
        counts["gaps"] = example.evidence.gaps.count
        let secrets = findings.filter(\.kind.isSecret)
        counts["secrets"] = Set(secrets.map { $0.fingerprint?.text ?? $0.id }).count
        counts["places"] = secrets.count
        counts["violations"] = assessment.rules.reduce(0) { sum, rule in
            sum + Set(rule.violations.map { anchors[$0.id] ?? $0.id }).count
        }
        let unknown = assessment.rules.count { $0.status == .notAssessed || $0.status == .error }
        counts["unknown"] = unknown
        let scored = assessment.controls.filter { control in
            example.policy.frameworks.contains { $0.id == control.framework && $0.scored }
        }
        let statuses = assessment.rules.map(\.status) + scored.map(\.status)
        counts["tests"] = statuses.count
        counts["failures"] = statuses.count { [.fail, .error, .notAssessed].contains($0) }
        return counts
    }
}
