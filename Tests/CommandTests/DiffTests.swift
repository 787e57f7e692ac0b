import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

/// Two audits of one image, held against each other by the built program.
@Suite("Comparing audits from the command line")
struct DiffTests {
    private let bench: Workbench

    init() throws { bench = try Workbench() }

    /// An image whose top layer holds these files.
    private static func image(_ files: [(path: String, secret: UInt64)]) -> ImageBuilder {
        var image = Workbench.cleanImage()
        var layer = LayerBuilder()
        layer.file("app/readme", "\(files.count) files\n")
        for file in files { layer.file(StoredName(file.path), "KEY=\(Trial.secret(file.secret))\n") }
        image.layer(layer, createdBy: "COPY . /app")
        return image
    }

    /// Audits an image with these files, as `NAME.tar` and below the folder NAME; both images are called alike.
    private func audit(_ name: String, _ files: [(path: String, secret: UInt64)], _ more: String...) throws {
        try bench.scratch.write("", to: "\(name)/.keep")
        _ = try bench.write(Self.image(files), to: "\(name)/app")
        let outcome = try bench.run(
            "audit", "oci:\(name)/app", "--as-of", Workbench.asOf, "--bundle", "\(name).tar", "-o",
            "\(name)/reports", more: more)
        try #require(outcome.status < 2, "\(outcome.errorText)")
    }

    private func file(_ file: String, of name: String) throws -> String {
        try #require(try bench.file(named: file, below: "\(name)/reports"))
    }

    private func diff(_ arguments: String...) throws -> ProgramRunner.Outcome {
        try bench.run("diff", "--as-of", Workbench.asOf, more: arguments)
    }

    private func difference(_ arguments: String...) throws -> AuditDifference {
        let outcome = try bench.run(
            "diff", "--as-of", Workbench.asOf, "--format", "json", more: arguments)
        return try JSONDecoder().decode(AuditDifference.self, from: Data(outcome.output))
    }

    private func edit(_ path: String, to name: String, _ change: (inout [String: AnyJSON]) -> Void) throws
        -> String
    {
        var document = try JSONDecoder().decode(
            [String: AnyJSON].self, from: try Data(contentsOf: URL(filePath: path)))
        change(&document)
        return try bench.scratch.write(
            SummedEvidence.bytes(Array(try JSONEncoder().encode(document))), to: name)
    }

    @Test("a secret that moved is still there, one that is gone is fixed, another is new, in every form")
    func forms() throws {
        try audit("a", [("app/one.env", 1), ("app/two.env", 2)])
        try audit("b", [("app/moved.env", 2), ("app/three.env", 3)])
        let outcome = try diff("a.tar", "b.tar")
        #expect(outcome.status == 1, "\(outcome.errorText)")
        #expect(outcome.outputText.hasPrefix("WORSE  1 new, 1 fixed, "))
        #expect(outcome.outputText.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let folders = try ["a", "b"].map { bench.scratch.file(try bench.reportFolder("\($0)/reports")) }
        let documents = [
            ("a.tar", "b.tar"), (try file("evidence.json", of: "a"), try file("evidence.json", of: "b")),
            (folders[0], folders[1]), ("a.tar", folders[1]),
        ]
        for (before, after) in documents {
            let difference = try difference(before, after)
            #expect(difference.isComplete)
            let subjects = difference.images.flatMap(\.subjects).filter { $0.fingerprint != nil }
            let changes = Dictionary(uniqueKeysWithValues: subjects.map { ($0.places, $0.change) })
            #expect(
                changes == [
                    ["/app/one.env:1"]: .fixed, ["/app/moved.env:1"]: .stillThere,
                    ["/app/three.env:1"]: .new,
                ])
        }
        for format in ["text", "markdown", "json", "junit"] {
            let outcome = try diff("a.tar", "b.tar", "--format", format, "-o", "out/diff.\(format)")
            #expect(
                outcome.status == 1 && outcome.outputText.hasPrefix("WORSE  1 new, 1 fixed"),
                "\(outcome.errorText)")
            let text = String(decoding: try bench.scratch.read("out/diff.\(format)"), as: UTF8.self)
            #expect(text.contains("/app/three.env"))
            for seed in 1...3 { #expect(!text.contains(Trial.secret(UInt64(seed)))) }
            let again = try bench.run(
                "diff", "a.tar", "b.tar", "--format", format,
                environment: ["TZ": "Asia/Tokyo", "LANG": "tr_TR"])
            #expect(again.outputText == text, "\(format)")
        }
        #expect(try diff("a.tar", "b.tar", "--fail-on", "none").status == 0)
        #expect(try diff("a.tar", "b.tar", "--fail-on", "fixed").status == 1)
        #expect(try diff("a.tar", "b.tar", "--fail-on", "coverage-lost,reopened").status == 0)
        #expect(try diff("b.tar", "b.tar").status == 0)
        let back = try difference("a.tar", "b.tar", "a.tar")
        #expect(back.totals["reopened"] == 1 && back.earlier.count == 1)
        let assessments = try diff(try file("assessment.json", of: "a"), try file("assessment.json", of: "b"))
        #expect(assessments.status == 2, "what was found is not in them")
    }

    @Test("evidence whose detector ran no more has lost coverage, and fixed nothing")
    func lost() throws {
        try audit("a", [("app/one.env", 1)])
        let less = try edit(try file("evidence.json", of: "a"), to: "less.json") { document in
            func isOther(_ value: AnyJSON) -> Bool {
                guard case .object(let object) = value, case .text(let name)? = object["detector"] else {
                    return true
                }
                return name != "palimpsest.secrets"
            }
            for list in ["findings", "receipts"] {
                if case .list(let values)? = document[list] {
                    document[list] = .list(values.filter(isOther))
                }
            }
        }
        let outcome = try diff("a.tar", less)
        #expect(outcome.status == 1)
        #expect(outcome.outputText.contains("nobody can say that it is gone: palimpsest.secrets has not run"))
        let difference = try difference("a.tar", less)
        #expect(difference.totals["fixed"] == 0 && (difference.totals["coverage-lost"] ?? 0) > 2)
        #expect(try diff("a.tar", less, "--fail-on", "new").status == 2, "nobody knows what is new")
    }

    @Test("a signature is checked against a key that is given, and where none is, that is said")
    func signatures() throws {
        #expect(try bench.run("keygen", "-o", "k").status == 0)
        #expect(try bench.run("keygen", "-o", "other").status == 0)
        try audit("a", [], "--sign-key", "k.key")
        try audit("b", [])
        let checked = try diff("a.tar", "a.tar", "--key", "k.pub")
        #expect(checked.status == 0, "\(checked.errorText)")
        #expect(checked.outputText.contains("signed by the key given"))
        let unchecked = try diff("a.tar", "b.tar")
        #expect(unchecked.outputText.contains("signature not checked"))
        #expect(unchecked.outputText.contains("signed by nobody"))
        for other in ["b.tar", try file("evidence.json", of: "a"), "a/reports"] {
            #expect(try diff("a.tar", other, "--key", "k.pub").status == 3, "\(other)")
        }
        #expect(try diff("a.tar", "a.tar", "--key", "other.pub").status == 3)
        var bytes = try bench.scratch.read("a.tar")
        bytes[bytes.count / 2] ^= 1
        try bench.scratch.write(bytes, to: "changed.tar")
        #expect(try diff("a.tar", "changed.tar").status == 3)
    }

    @Test("secrets under two keys do not compare, and a policy that is named judges all evidence anew")
    func policies() throws {
        try audit("a", [("app/one.env", 1)])
        let evidence = try file("evidence.json", of: "a")
        let foreign = try edit(evidence, to: "foreign.json") { $0["fingerprintKey"] = .text("0badc0de") }
        let refused = try diff("a.tar", foreign)
        #expect(refused.status == 3)
        #expect(refused.errorText.contains("equal secrets cannot be told"))
        let strict = try difference("a.tar", evidence, "--policy", "strict")
        #expect(strict.before.isJudgedNow && strict.after.isJudgedNow)
        #expect(strict.images.first?.before?.policy == "strict")
        #expect(strict.totals["still-there"] ?? 0 > 0 && strict.totals["mapping-changed"] == 0)
        let assessment = try file("assessment.json", of: "a")
        #expect(try diff("a.tar", assessment, "--policy", "strict").status == 3)
        let other = try edit(assessment, to: "a/odd/assessment.json") { document in
            guard case .object(var image)? = document["image"] else { return }
            image["digest"] = .text("sha256:" + String(repeating: "0", count: 64))
            document["image"] = .object(image)
        }
        _ = try bench.scratch.write(
            Array(try Data(contentsOf: URL(filePath: evidence))), to: "a/odd/evidence.json")
        let mixed = try diff("a.tar", String(other.dropLast("/assessment.json".count)))
        #expect(mixed.status == 3)
        #expect(mixed.errorText.contains("is not of the evidence that lies beside it"))
    }

    @Test(
        "a rule that the later audit had not is coverage that was lost, and one that the program has is known"
    )
    func rules() throws {
        let head = "apiVersion: palimpsest/v1\nkind: Detectors\n"
        let own = """
            rules:
              - id: acme.key
                title: Acme key
                kind: credential.service
                severity: high
                confidence: high
                pattern: 'acme-[a-z0-9]{24}'
                prefix: acme-
                remediation: revoke it
                reference: https://example.com/
                examples: ["acme-<hex:24>", "x acme-<hex:24>"]
                counterexamples: ["acme-<hex:3>", "acm"]

            """
        try bench.scratch.write(head + own, to: "own.yaml")
        var leaking = Self.image([("app/one.env", 1)])
        var layer = LayerBuilder()
        layer.file("app/settings", "the acme id is: acme-\(String(repeating: "k7f2", count: 6))\n")
        leaking.layer(layer, createdBy: "COPY . /app")
        _ = try bench.write(leaking, to: "leaking")
        _ = try bench.write(Self.image([]), to: "clean")
        func evidence(_ image: String, _ more: String...) throws -> String {
            _ = try bench.run("inspect", "oci:\(image)", "-o", "\(image)-\(more.count)", more: more)
            return try #require(try bench.file(named: "evidence.json", below: "\(image)-\(more.count)"))
        }
        let before = try evidence("leaking", "--detectors", "own.yaml")
        let difference = try difference(before, try evidence("clean"))
        let secrets = difference.images.flatMap(\.subjects).filter { $0.fingerprint != nil }
        #expect(secrets.count == 2 && difference.totals["detector-changed"] == 1)
        for secret in secrets {
            #expect(secret.change == (secret.rule == "acme.key" ? .coverageLost : .fixed), "\(secret)")
        }
        let same = try self.difference(before, try evidence("leaking"))
        let lost = same.images.flatMap(\.subjects).filter { $0.change == .coverageLost }
        #expect(lost.map(\.rule) == ["acme.key"] && same.totals["fixed"] == 0)
    }

    @Test("no secret of the demo image is in a comparison of it")
    func secrecy() throws {
        _ = try bench.write(Workbench.cleanImage(), to: "clean")
        for (image, bundle) in [(try bench.demo(), "demo.tar"), ("oci:clean", "clean.tar")] {
            _ = try bench.run("audit", image, "--as-of", Workbench.asOf, "--bundle", bundle, "-q")
        }
        let secrets = try bench.demoSecrets()
        for format in ["text", "markdown", "json", "junit"] {
            let fixed = try diff("demo.tar", "clean.tar", "--format", format)
            #expect(fixed.status == 0, "\(fixed.outputText)\(fixed.errorText)")
            let new = try diff("clean.tar", "demo.tar", "--format", format)
            #expect(new.status == 1)
            for (number, secret) in secrets.enumerated() {
                #expect(!(fixed.outputText + new.outputText).contains(secret), "secret \(number)")
            }
        }
    }

    @Test("several images are paired by their names; one that is missing is coverage that was lost")
    func several() throws {
        for (name, seed) in [("x", 1), ("y", 2)] as [(String, UInt64)] {
            _ = try bench.write(Self.image([("app/k.env", seed)]), to: name)
        }
        func audit(_ bundle: String, _ images: String...) throws {
            let outcome = try bench.run(
                "audit", "--as-of", Workbench.asOf, "--bundle", bundle, more: images)
            try #require(outcome.status == 1, "\(outcome.errorText)")
        }
        try audit("two.tar", "oci:x", "oci:y")
        try audit("same.tar", "oci:y", "oci:x")
        try audit("three.tar", "oci:x")
        let same = try diff("two.tar", "same.tar")
        #expect(same.status == 0, "\(same.outputText)")
        try audit("twice.tar", "oci:./x", "oci:././x")
        let twice = try diff("two.tar", "twice.tar")
        #expect(twice.status == 3 && twice.errorText.contains("nothing tells which is which"))
        let fewer = try difference("two.tar", "three.tar")
        #expect(fewer.images.map { $0.after == nil } == [false, true])
        #expect(fewer.images.last?.coverage.map(\.part) == [.image])
        #expect(fewer.totals["fixed"] == 0)
        let more = try difference("three.tar", "two.tar")
        #expect(more.images.last?.before == nil && more.images.last?.count(of: .new) ?? 0 > 0)
    }

    @Test(
        "what is no such document is refused with a reason",
        arguments: ["", "{}", "[1,", "{\"schemaVersion\":1}"])
    func broken(content: String) throws {
        let file = try bench.scratch.write(content, to: "odd.json")
        let outcome = try diff(file, file)
        #expect(outcome.status == 3)
        #expect(outcome.errorText.contains("odd.json"))
        #expect(try diff("/dev/zero", file).status == 3)
        #expect(try diff(bench.scratch.path, file).status == 3)
    }

    @Test(
        "wrong usage is told before anything is read",
        arguments: [
            ["a"], ["a", "b", "--fail-on", "worse"], ["a", "b", "--fail-on", ""],
            ["a", "b", "--format", "html"],
        ])
    func usage(arguments: [String]) throws {
        #expect(try bench.run(["diff"] + arguments).status == 64)
    }
}
