import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

/// Commands that take evidence, given a bundle.
@Suite("Evidence out of bundles")
struct BundleEvidenceTests {
    private let bench: Workbench

    init() throws { bench = try Workbench() }

    static let waivers = """
        apiVersion: palimpsest/v1
        kind: Waivers
        waivers:
          - id: w-1
            rule: privileges.root-user
            justification: it is being worked on
            owner: Team
            approver: Risk
            ticket: R-1
            created: 2026-11-01
            expires: 2026-11-30

        """

    /// Writes the bundle `b.tar` of these images, and their reports below `first`.
    private func bundle(_ images: [String], _ more: String...) throws {
        let outcome = try bench.run(
            "audit", "--as-of", Workbench.asOf, "--bundle", "b.tar", "-o", "first", more: images + more)
        try #require([0, 1].contains(outcome.status), "\(outcome.errorText)")
    }

    private func evaluate(_ more: String..., input: [UInt8] = []) throws -> ProgramRunner.Outcome {
        try bench.run("evaluate", "--as-of", Workbench.asOf, more: more, input: input)
    }

    @Test("a bundle is judged as its evidence is: under the policy that is named, whatever the one in it")
    func same() throws {
        let waivers = try bench.scratch.write(Self.waivers, to: "w.yaml")
        try bundle([try bench.demo()], "--policy", "strict", "--waivers", waivers)
        let evidence = try #require(try bench.file(named: "evidence.json", below: "first"))
        for policy in [[], ["--policy", "agentic"], ["--waivers", waivers]] {
            for (input, folder) in [("b.tar", "bundled"), (evidence, "stored")] {
                let outcome = try bench.run(
                    "evaluate", input, "--as-of", Workbench.asOf, "-o", folder, more: policy)
                #expect(outcome.status == 1, "\(outcome.errorText)")
            }
            let bundled = try bench.reports("bundled")
            #expect(bundled.count > 3)
            #expect(try bundled == bench.reports("stored"), "\(policy)")
            let text = String(decoding: try #require(bundled["report.md"]), as: UTF8.self)
            #expect(text.contains("w-1") == (policy.first == "--waivers"))
        }
        let bytes = try bench.scratch.read("b.tar")
        let piped = try evaluate(
            "-", "-o", "-", "--format", "assessment", "--waivers", waivers, input: bytes)
        #expect(piped.status == 1, "\(piped.errorText)")
        #expect(try piped.output == bench.reports("stored")["assessment.json"])
        let differing = try bench.run("policy", "diff", "baseline", "strict", "--evidence", "b.tar")
        #expect(differing.outputText.contains("b.tar: "), "\(differing.errorText)")
    }

    @Test("of a bundle of several images each is judged, and a waiver names all that have the secret")
    func several() throws {
        let first = try bench.demo()
        var second = Workbench.cleanImage()
        var layer = LayerBuilder()
        layer.file("app/charge.env", "STRIPE_KEY=\(Trial.secret(7))\n")
        second.layer(layer, createdBy: "COPY . /app # buildkit")
        var third = second
        third.runtime.user = "1001"
        _ = try bench.write(second, to: "second")
        _ = try bench.write(third, to: "third")
        try bundle([first, "oci:second", "oci:third"])
        let outcome = try evaluate("b.tar", "-o", "again")
        #expect(outcome.status == 1, "\(outcome.errorText)")
        #expect(try bench.scratch.names(in: "again") == bench.scratch.names(in: "first"))
        let folders = try bench.scratch.names(in: "first").filter { $0.contains("@") }
        #expect(folders.count == 3)
        let texts = try folders.map {
            String(decoding: try bench.scratch.read("first/\($0)/evidence.json"), as: UTF8.self)
        }
        let own = try #require(texts.first { $0.contains("app/charge.env") })
        let found = try #require(own.firstMatch(of: /"fingerprint":"([^"]+)"/)?.output.1)
        let drafted = try bench.run("waive", String(found), "--evidence", "b.tar")
        #expect(drafted.status == 0, "\(drafted.errorText)")
        let images = try #require(drafted.outputText.firstMatch(of: /images: \[(.*)\]/)?.output.1)
        #expect(images.split(separator: ", ").count == 2)
    }

    @Test("a bundle that was changed or cut off, or that another key signed, is not judged")
    func refused() throws {
        for name in ["k", "other"] { #expect(try bench.run("keygen", "-o", name).status == 0) }
        try bundle([try bench.demo()], "--sign-key", "k.key")
        #expect(try evaluate("b.tar", "--key", "k.pub").status == 1)
        let whole = try bench.scratch.read("b.tar")
        func expectRefusal(_ words: String, _ arguments: String...) throws {
            let outcome = try bench.run("evaluate", more: arguments + ["-o", "none"])
            #expect(outcome.status == 3)
            #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
            #expect(!FileManager.default.fileExists(atPath: bench.scratch.file("none/evidence.json")))
        }
        try expectRefusal("is signed by the key", "b.tar", "--key", "other.pub")
        let evidence = try #require(try bench.file(named: "evidence.json", below: "first"))
        try expectRefusal("is no bundle, so nobody signed it", evidence, "--key", "k.pub")
        let text = Array(#""persistence":"present""#.utf8)
        let place = try #require(
            whole.indices.first { whole[$0] == text[0] && whole[$0...].starts(with: text) })
        var changed = whole
        changed.replaceSubrange((place + text.count - 8)..<(place + text.count - 1), with: "deleted".utf8)
        try bench.scratch.write(changed, to: "b.tar")
        try expectRefusal("is not of the digest", "b.tar")
        let id = try #require(
            String(decoding: whole, as: UTF8.self).firstMatch(of: /"id":"([0-9a-f-]{36})"/)?.output.1)
        let waived = try bench.run("waive", String(id), "--evidence", "b.tar")
        #expect(waived.status == 3 && waived.output.isEmpty)
        try bench.scratch.write(Array(whole.prefix(whole.count / 2)), to: "b.tar")
        try expectRefusal("b.tar: ", "b.tar")
    }
}
