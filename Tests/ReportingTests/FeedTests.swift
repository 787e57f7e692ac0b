import Foundation
import Model
import Reporting
import TestSupport
import Testing

@Suite("Feeds")
struct FeedTests {
    @Test("what is not asked for is not written: the usual formats are those of old")
    func defaults() {
        let usual = ReportFormats.all.filter(\.isDefault).map(\.id)
        #expect(usual == ["html", "junit", "markdown", "evidence", "assessment"])
    }

    @Test("JSON is canonical: keys in order, none twice, no white space", arguments: ReportCase.withWaivers)
    func canonical(example: ReportCase) throws {
        for format in ReportFormats.all where !format.isDefault && format.mediaType.hasSuffix("json") {
            let bytes = try format.write(example.report)
            let value = try JSONSerialization.jsonObject(with: Data(bytes))
            let again = try JSONSerialization.data(
                withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
            // Fractions, which only HDF has, are written by the two in different ways.
            guard format.id != "hdf" else { continue }
            #expect(Array(again) + [0x0a] == bytes, "\(format.id)")
        }
    }

    @Test("an accepted risk is suppressed in SARIF, accepted in DefectDojo, a deviation in OSCAL")
    func waived() throws {
        let sarif = try text("sarif", of: .waived)
        #expect(sarif.contains(#""kind":"external","properties":{"state":"active","waiver":"W-7"}"#))
        #expect(try text("sarif", of: .leakyAgent).contains(#""suppressions":[{"#) == false)
        let dojo = try text("defectdojo", of: .waived)
        #expect(dojo.components(separatedBy: #""risk_accepted":true"#).count == 2)
        #expect(try text("oscal", of: .waived).contains(#""status":"deviation-approved""#))
        #expect(try text("hdf", of: .waived).contains(#""expiration_date":"2026-12-03""#))
        #expect(try text("policyreport", of: .waived).contains(#""status":"waived""#))
        #expect(try text("ocsf", of: .waived).contains(#""comment":"accepted by W-7"#))
    }

    @Test("a run that could not assess everything did not succeed, and its results are none the less there")
    func incomplete() throws {
        let sarif = try text("sarif", of: .incomplete)
        #expect(sarif.contains(#""executionSuccessful":false"#))
        #expect(sarif.contains("keys.private: layer 1 could not be read"))
        #expect(try text("sarif", of: .clean).contains(#""executionSuccessful":true"#))
        #expect(try text("defectdojo", of: .incomplete).contains(#""title":"Not assessed: "#))
        #expect(try text("cyclonedx", of: .incomplete).contains(#""aggregate":"incomplete""#))
    }

    @Test("SARIF splits into runs that GitHub shows whole, and says what it leaves out")
    func split() throws {
        struct Log: Decodable {
            struct Run: Decodable {
                struct Details: Decodable { let id: String }
                struct Result: Decodable { let ruleId: String }

                let automationDetails: Details
                let results: [Result]
            }

            let runs: [Run]
        }
        let large = ReportCase.large(9000)
        let format = try #require(ReportFormats.named("sarif"))
        let log = try JSONDecoder().decode(Log.self, from: Data(format.write(large.report)))
        #expect(log.runs.map(\.results.count) == [5000, 5000, 2000])
        #expect(Set(log.runs.map(\.automationDetails.id)).count == 3)
    }

    @Test("no cell of the table is a formula, whatever the image calls things")
    func formulas() throws {
        let example = ReportCase.waived
        var evidence = example.evidence.findings[0]
        evidence.title = "\u{ff1d}HYPERLINK(\"https://evil.example\",\"a\")"
        let table = try text("csv", of: example.with(evidence))
        #expect(table.contains("\"'\u{ff1d}HYPERLINK(\"\"https://evil.example\"\",\"\"a\"\")\""))
        #expect(!table.contains("\"=") && !table.contains("\"+") && !table.contains("\"@"))
        #expect(table.split(separator: "\r\n").allSatisfy { !$0.contains("\n") })
    }

    @Test("a result keeps its id when the image is built anew, and has another in another image")
    func stableIDs() throws {
        func ids(_ example: ReportCase) throws -> Set<Substring> {
            let text = try text("sarif", of: example)
            return Set(text.matches(of: /"primaryLocationLineHash":"([0-9a-f-]{36})"/).map(\.output.1))
        }
        let first = try ids(.leakyAgent)
        #expect(!first.isEmpty)
        #expect(try ids(.leakyAgent.named("oci-archive:other/leaky-agent.tar:2.0", digest: 77)) == first)
        #expect(try ids(.leakyAgent.named("oci:elsewhere", digest: 77)).isDisjoint(with: first))
    }

    @Test("a path becomes an address from which its bytes can be had back")
    func addresses() throws {
        let sarif = try text("sarif", of: .hostile)
        #expect(!sarif.contains("javascript:alert(1)\"") || !sarif.contains(#""uri":"javascript"#))
        for match in sarif.matches(of: /"uri":"([^"]*)"/) {
            #expect(match.output.1.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") })
        }
        #expect(
            try text("sarif", of: .leakyAgent).contains(#""uri":"opt/tools.tar.gz!/deploy/keys.zip!/id_rsa""#)
        )
    }

    private func text(_ format: String, of example: ReportCase) throws -> String {
        try example.text(format)
    }
}

extension ReportCase {
    /// The same with this finding in place of the first.
    fileprivate func with(_ finding: Finding) -> ReportCase {
        changed(findings: [finding] + evidence.findings.dropFirst())
    }

    /// The same image under another name and digest.
    fileprivate func named(_ name: String, digest: Int) -> ReportCase {
        changed(image: { image in
            image.name = name
            image.digest = Made.digest(digest)
        })
    }
}
