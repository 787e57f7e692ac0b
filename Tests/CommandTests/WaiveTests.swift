import Foundation
import Model
import TestSupport
import Testing

@Suite("Accepting a risk from the command line")
struct WaiveTests {
    @Test("a draft does not load before people said why and who, and then counts")
    func draft() throws {
        let bench = try Workbench()
        _ = try bench.audit(try bench.demo(), "--output", "first")
        let evidence = try #require(try bench.file(named: "evidence.json", below: "first"))
        let text = String(decoding: try Data(contentsOf: URL(filePath: evidence)), as: UTF8.self)
        let id = try #require(text.firstMatch(of: /"id":"([0-9a-f-]{36})"/)?.output.1)
        let drafted = try bench.run("waive", String(id), "--evidence", evidence)
        #expect(drafted.status == 0, "\(drafted.errorText)")
        let empty = bench.scratch.file("empty.yaml")
        try Data(drafted.output).write(to: URL(filePath: empty))
        let refused = try bench.run("evaluate", evidence, "--waivers", empty)
        #expect(refused.status == 3)
        for key in ["justification", "owner", "approver", "ticket"] {
            #expect(refused.errorText.contains("\"\(key)\" is empty"))
        }

        let filled = bench.scratch.file("filled.yaml")
        let words = ["justification": "gone soon", "owner": "Team", "approver": "Risk", "ticket": "R-1"]
        let signed = words.reduce(drafted.outputText) {
            $0.replacing("\($1.key): \"\"", with: "\($1.key): \($1.value)")
        }
        try signed.write(to: URL(filePath: filled), atomically: true, encoding: .utf8)
        let judged = try bench.run("evaluate", evidence, "--waivers", filled, "--output", "second")
        #expect(judged.status == 1, "the other findings still break the policy: \(judged.errorText)")
        let report = try #require(try bench.file(named: "report.md", below: "second"))
        #expect(try String(contentsOfFile: report, encoding: .utf8).contains("| active |"))
    }

    @Test("a draft names every place that it covers, each image once, and is made for an item too")
    func places() throws {
        let bench = try Workbench()
        _ = try bench.audit(try bench.demo(), "--output", "first")
        let path = try #require(try bench.file(named: "evidence.json", below: "first"))
        let evidence = try JSONDecoder().decode(Evidence.self, from: Data(contentsOf: URL(filePath: path)))
        let groups = Dictionary(
            grouping: evidence.findings.filter { $0.fingerprint != nil }, by: \.fingerprint)
        let (fingerprint, findings) = try #require(groups.first { $0.value.count > 1 })
        let drafted = try bench.run(
            "waive", try #require(fingerprint?.text), "--evidence", path)
        for finding in findings {
            #expect(drafted.outputText.contains(finding.location.summary), "\(finding.location.summary)")
        }
        #expect(drafted.outputText.components(separatedBy: evidence.image.digest.text).count == 2)
        let item = try #require(evidence.inventory.first)
        let ofItem = try bench.run("waive", item.id, "--evidence", path)
        #expect(ofItem.status == 0, "\(ofItem.errorText)")
        #expect(ofItem.outputText.contains("finding: \(item.id)"))
    }

    @Test("the first day is that of the instant given, and else of SOURCE_DATE_EPOCH")
    func firstDay() throws {
        let bench = try Workbench()
        _ = try bench.audit(try bench.demo(), "--output", "first")
        let evidence = try #require(try bench.file(named: "evidence.json", below: "first"))
        let text = String(decoding: try Data(contentsOf: URL(filePath: evidence)), as: UTF8.self)
        let id = String(try #require(text.firstMatch(of: /"id":"([0-9a-f-]{36})"/)?.output.1))
        let epoch = ["SOURCE_DATE_EPOCH": "1000000000"]
        let drafted = try bench.run("waive", id, "--evidence", evidence, environment: epoch)
        #expect(drafted.outputText.contains("2001-09-09") && drafted.outputText.contains("2001-10-08"))
        let given = try bench.run(
            "waive", id, "--evidence", evidence, "--as-of", "2026-01-01", environment: epoch)
        #expect(given.outputText.contains("2026-01-01"))
        let broken = ["SOURCE_DATE_EPOCH": "soon"]
        #expect(try bench.run("waive", id, "--evidence", evidence, environment: broken).status == 64)
        #expect(
            try bench.run("policy", "diff", "baseline", "strict", environment: broken).status == 64)
    }

    @Test("a waiver that holds a secret of the image is refused, by its place and without the secret")
    func secret() throws {
        let bench = try Workbench()
        let image = try bench.demo()
        _ = try bench.audit(image, "--output", "first")
        let evidence = try #require(try bench.file(named: "evidence.json", below: "first"))
        let secret = try #require(try bench.demoSecrets().first { $0.hasPrefix("sk_") })
        let words = BundleEvidenceTests.waivers.replacing(
            "being worked on", with: "\(secret), which is revoked")
        let waivers = try bench.scratch.write(words, to: "w.yaml")
        for arguments in [["audit", image], ["evaluate", evidence]] {
            let outcome = try bench.run(
                "\(arguments[0])", arguments[1], "--waivers", waivers, "--bundle", "b.tar", "-o", "second",
                more: ["--as-of", Workbench.asOf])
            #expect(outcome.status == 3)
            #expect(outcome.errorText.contains("w.yaml:6:26: holds a secret of the image"))
            #expect(outcome.errorText.contains("fingerprint"))
            #expect(!outcome.errorText.contains(secret) && !outcome.outputText.contains(secret))
            let left = try bench.scratch.names(in: ".")
            #expect(!left.contains("second") && !left.contains("b.tar"), "no report, and no bundle")
        }
    }

    @Test("of several images the reports of none show a secret of another, from a waiver or from a policy")
    func secretOfAnother() throws {
        let bench = try Workbench()
        let clean = try bench.write(Workbench.cleanImage(), to: "clean")
        let leaking = try bench.demo()
        _ = try bench.audit(clean, leaking, "--output", "first")
        let evidence = try ["clean", "demo"].map { name in
            try #require(try bench.scratch.names(in: "first").first { $0.contains(name) })
        }.map { bench.scratch.file("first/\($0)/evidence.json") }
        let secret = try #require(try bench.demoSecrets().first { $0.hasPrefix("sk_") })
        let waivers = try bench.scratch.write(
            BundleEvidenceTests.waivers.replacing("being worked on", with: secret), to: "w.yaml")
        let policy = try bench.scratch.write(
            """
            apiVersion: palimpsest/v1
            kind: Policy
            id: ours
            title: Ours
            extends: [baseline]
            disable: [{rule: supply-chain.undated, reason: \(secret) is revoked}]

            """, to: "p.yaml")
        for arguments in [["audit", clean, leaking], ["evaluate"] + evidence] {
            for document in [["--waivers", waivers], ["--policy", policy]] {
                let outcome = try bench.run(
                    arguments + document + ["-o", "second", "--bundle", "b.tar", "--as-of", Workbench.asOf])
                #expect(outcome.status == 3, "\(outcome.errorText)")
                #expect(outcome.errorText.contains("holds a secret of the image"))
                #expect(!outcome.errorText.contains(secret) && !outcome.outputText.contains(secret))
                let left = try bench.scratch.names(in: ".")
                #expect(!left.contains("second") && !left.contains("b.tar"), "no report, and no bundle")
            }
        }
    }

    @Test("what no finding is called is said, and two that begin alike are not confused")
    func unknown() throws {
        let bench = try Workbench()
        _ = try bench.audit(try bench.demo(), "--output", "first")
        let evidence = try #require(try bench.file(named: "evidence.json", below: "first"))
        let outcome = try bench.run("waive", "ffffffff-nothing", "--evidence", evidence)
        #expect(outcome.status == 3)
        #expect(outcome.errorText.contains("no finding"))
        #expect(try bench.run("waive", "", "--evidence", evidence).status == 3)
    }
}

extension Workbench {
    /// The file of this name in the one folder of reports below `folder`.
    func file(named name: String, below folder: String) throws -> String? {
        let root = scratch.file(folder)
        return try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
            .first { $0.hasSuffix("/" + name) }.map { root + "/" + $0 }
    }
}
