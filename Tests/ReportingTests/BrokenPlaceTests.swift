import Foundation
import Model
import Testing

@testable import Reporting

/// One secret may stand in several places, of which each breaks other rules.
@Suite("The places of what breaks a rule")
struct BrokenPlaceTests {
    private static let example = ReportCase.leakyAgent

    /// The ids of what breaks a rule.
    private static func breaking(_ rule: String) -> Set<String> {
        let result = example.assessment.rules.first { $0.id == rule }
        return Set((result?.violations ?? []).map(\.id))
    }

    /// The places of these, as reports show them.
    private static func places(_ ids: Set<String>) -> Set<String> {
        Set(
            example.evidence.findings.filter { ids.contains($0.id) }.map(\.location.summary)
                + example.evidence.inventory.filter { ids.contains($0.id) }.map(\.location.summary))
    }

    /// Rules that one place of a secret breaks and another does not.
    private static let divided: [String] = {
        let report = example.report
        return report.rules.filter { rule in
            rule.subjects.contains { number in
                let subject = report.subjects[number - 1]
                return subject.placements(breaking: rule.key).count < subject.placements.count
            }
        }.map(\.key)
    }()

    @Test("in SARIF each place of a result breaks the rule that the result is about")
    func sarif() throws {
        struct Log: Decodable {
            struct Run: Decodable { let results: [Result] }
            struct Result: Decodable {
                struct Place: Decodable {
                    struct Properties: Decodable { let id: String }
                    let properties: Properties?
                }
                let ruleId: String
                let locations: [Place]
            }
            let runs: [Run]
        }
        #expect(
            Set(Self.divided).isSuperset(of: ["secrets.recoverable-after-deletion", "secrets.long-lived"]))
        let log = try JSONDecoder().decode(Log.self, from: Data(Self.example.text("sarif").utf8))
        for result in log.runs.flatMap(\.results) {
            let ids = result.locations.compactMap(\.properties?.id)
            #expect(!ids.isEmpty && Self.breaking(result.ruleId).isSuperset(of: ids), "\(result.ruleId)")
        }
    }

    @Test("in DefectDojo the file is one that breaks the rule, and so is every other that is told")
    func defectDojo() throws {
        struct Document: Decodable {
            struct Finding: Decodable {
                let vuln_id_from_tool: String
                let file_path: String?
                let nb_occurences: Int?
            }
            let findings: [Finding]
        }
        let document = try JSONDecoder().decode(
            Document.self, from: Data(Self.example.text("defectdojo").utf8))
        for rule in Self.divided {
            let ids = Self.breaking(rule)
            let own = document.findings.filter { $0.vuln_id_from_tool == rule }
            #expect(Self.places(ids).isSuperset(of: own.compactMap(\.file_path)), "\(rule)")
            #expect(own.compactMap(\.nb_occurences).reduce(0, +) == ids.count, "\(rule)")
        }
    }

    @Test("the table has of each place the rules that it breaks itself")
    func table() throws {
        let lines = try Self.example.text("csv").split(separator: "\r\n")
        for finding in Self.example.evidence.findings {
            let line = try #require(lines.first { $0.contains(finding.id) })
            for rule in Self.example.assessment.rules.map(\.id) {
                #expect(
                    line.contains(rule) == Self.breaking(rule).contains(finding.id), "\(finding.id): \(rule)")
            }
        }
    }

    /// The example with one rule that this finding alone breaks.
    private static func broken(_ rule: String, by finding: Int) -> ReportCase {
        ReportCase.make(
            "one", evidence: example.evidence,
            outcomes: [rule: .broken([RuleResult.Violation(subject: .finding, id: Made.id(finding))])],
            receipts: ["credentials"])
    }

    // One secret was deleted from .npmrc, and stands in the history.
    @Test(
        "a place that is named for a rule breaks it",
        arguments: ["junit", "hdf", "policyreport", "ocsf", "oscal"])
    func named(format: String) throws {
        let visible = try Self.broken("secrets.none-in-image", by: 5).text(format)
        #expect(visible.contains("history/5") && !visible.contains(".npmrc"))
        let deleted = try Self.broken("secrets.recoverable-after-deletion", by: 6).text(format)
        #expect(deleted.contains(".npmrc") && !deleted.contains("history/5"))
    }
}
