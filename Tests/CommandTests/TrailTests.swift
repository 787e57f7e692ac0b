import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

/// From a control to the bytes, and the bytes again, through the built program.
@Suite("Explaining and proving from the command line")
struct TrailTests {
    private let bench: Workbench
    private let image: String
    private let evidence: Evidence
    private let secrets: [String]

    init() throws {
        bench = try Workbench()
        image = try bench.demo()
        let outcome = try bench.audit(image, "--bundle", "b.tar", "--format", "evidence")
        try #require(outcome.status == 1, "\(outcome.errorText)")
        let file = try #require(try bench.file(named: "evidence.json", below: "reports"))
        evidence = try JSONDecoder().decode(Evidence.self, from: try Data(contentsOf: URL(filePath: file)))
        secrets = try bench.demoSecrets()
    }

    private func holdsSecret(_ outcome: ProgramRunner.Outcome) -> Bool {
        secrets.contains { outcome.outputText.contains($0) || outcome.errorText.contains($0) }
    }

    @Test("every finding of the demo image is proven, from its bytes where it names some")
    func proven() throws {
        #expect(evidence.findings.count >= 15)
        for (number, finding) in evidence.findings.enumerated() {
            let source = number.isMultiple(of: 2) ? ["--evidence", "b.tar"] : []
            let outcome = try bench.run("prove", finding.id, "--image", image, more: source)
            #expect(outcome.status == 0, "\(finding.rule): \(outcome.outputText)\(outcome.errorText)")
            #expect(outcome.outputText.hasPrefix("PROVEN  \(finding.id)"))
            let isPlain = finding.fingerprint != nil && finding.location.within.isEmpty
            #expect(outcome.outputText.contains("those bytes of") == isPlain, "\(finding.rule)")
            #expect(!holdsSecret(outcome), "\(finding.rule)")
        }
    }

    @Test("a fingerprint is proven in every place that has it, and one that is not there decides")
    func everyPlace() throws {
        let places = Dictionary(grouping: evidence.findings) { $0.fingerprint }
        let group = places.compactMap { key, found in key.map { (key: $0, found: found) } }
            .filter { Set($0.found.map(\.id)).count > 1 }
            .filter { $0.found.contains { $0.location.path != nil && $0.location.within.isEmpty } }
            .min { $0.key.text < $1.key.text }
        let (key, found) = try #require(group)
        let outcome = try bench.run("prove", key.text, "--image", image)
        #expect(outcome.status == 0)
        for finding in found { #expect(outcome.outputText.contains("PROVEN  \(finding.id)")) }
        let (path, lost) = try changed(of: key) { finding in
            finding.id = "00000000-0000-0000-0000-000000000000"
            finding.location.offset = 1
        }
        let again = try bench.run("prove", key.text, "--image", image, "--evidence", path)
        #expect(again.status == 1)
        #expect(again.outputText.contains("NOT PROVEN  \(lost.id)"))
        let strange = Digest(sha256: Array(repeating: 9, count: 32))
        let (elsewhere, far) = try changed(of: key) {
            $0.location.layer = Location.LayerReference(index: 0, digest: strange, diffID: strange)
        }
        let partly = try bench.run("prove", key.text, "--image", image, "--evidence", elsewhere)
        #expect(partly.status == 2)
        #expect(partly.outputText.split(separator: "\n").contains { $0.hasPrefix("PROVEN  ") })
        #expect(partly.outputText.contains("UNDECIDED  \(far.id)"))
    }

    /// The evidence with one finding changed, as a file.
    private func changed(
        of key: Fingerprint? = nil, _ change: (inout Finding) -> Void
    ) throws -> (path: String, finding: Finding) {
        var evidence = evidence
        let index = try #require(
            evidence.findings.firstIndex { finding in
                finding.location.path != nil && finding.location.within.isEmpty
                    && (key == nil || finding.fingerprint == key)
            })
        change(&evidence.findings[index])
        let document = Array(try JSONEncoder().encode(evidence))
        let path = try bench.scratch.write(SummedEvidence.bytes(document), to: "changed.json")
        return (path, evidence.findings[index])
    }

    @Test("what is not at that place, or is another secret, is not proven")
    func notProven() throws {
        let other = Fingerprint(hmac: Array(repeating: 1, count: 32))
        let changes: [(inout Finding) -> Void] = [
            { $0.fingerprint = other }, { $0.location.path = EntryPath("absent") },
            { finding in
                finding.id = "00000000-0000-0000-0000-000000000000"
                finding.location.offset = 1
            },
            { finding in
                finding.id = "00000000-0000-0000-0000-000000000000"
                finding.location.offset = 1 << 40
            },
        ]
        for (number, change) in changes.enumerated() {
            let (path, finding) = try changed(change)
            let outcome = try bench.run("prove", finding.id, "--image", image, "--evidence", path)
            #expect(outcome.status == 1, "\(number): \(outcome.outputText)")
            #expect(!holdsSecret(outcome))
        }
    }

    @Test(
        "a finding whose place was changed is not proven, and the place where the detectors see it is named")
    func wrongPlace() throws {
        let changes: [(inout Location) -> Void] = [
            { $0.path = EntryPath("no/such/file") }, { $0.line = 999 }, { $0.column = 999 },
            { $0.offset = 0 }, { $0.length = 5 }, { $0.length = 0 }, { $0.within = ["a.zip"] },
        ]
        for (number, change) in changes.enumerated() {
            let (path, finding) = try changed { change(&$0.location) }
            let real = try #require(evidence.findings.first { $0.id == finding.id })
            let outcome = try bench.run("prove", finding.id, "--image", image, "--evidence", path)
            #expect(outcome.status == 1, "\(number): \(outcome.outputText)")
            #expect(
                outcome.outputText.contains(
                    "the detectors see it at \(real.location.summary), bytes \(real.location.offset ?? -1) to "
                ), "\(number): \(outcome.outputText)")
        }
        var metadata = evidence
        let index = try #require(
            metadata.findings.firstIndex { $0.location.config != nil && $0.fingerprint != nil })
        metadata.findings[index].location.config = "Env/PATH"
        let path = try bench.scratch.write(
            SummedEvidence.bytes(Array(try JSONEncoder().encode(metadata))), to: "changed.json")
        let outcome = try bench.run(
            "prove", metadata.findings[index].id, "--image", image, "--evidence", path)
        #expect(outcome.status == 1)
        let place = evidence.findings[index].location.config ?? "-"
        #expect(outcome.outputText.contains("the detectors see it at \(place), bytes "))
    }

    @Test("a finding whose rule was changed is not proven, and the rule that sees it is named")
    func wrongRule() throws {
        let (path, finding) = try changed { $0.rule = "github.personal-access-token" }
        let outcome = try bench.run("prove", finding.id, "--image", image, "--evidence", path)
        #expect(outcome.status == 1, "\(outcome.outputText)")
        #expect(outcome.outputText.contains("the detectors see it by the rule "))
    }

    @Test("a layer is told as the image has it, and evidence that says otherwise of it is not proven")
    func wrongLayer() throws {
        let strange = Digest(sha256: Array(repeating: 0, count: 32))
        for isIndex in [true, false] {
            let (path, finding) = try changed { finding in
                finding.location.layer = finding.location.layer.map {
                    Location.LayerReference(
                        index: isIndex ? 99 : $0.index, digest: isIndex ? $0.digest : strange,
                        diffID: $0.diffID)
                }
            }
            let layer = try #require(evidence.findings.first { $0.id == finding.id }?.location.layer)
            let outcome = try bench.run("prove", finding.id, "--image", image, "--evidence", path)
            #expect(outcome.status == 1, "\(outcome.outputText)")
            #expect(outcome.outputText.contains("  layer        \(layer.index) \(layer.digest)\n"))
        }
    }

    @Test("a damaged layer leaves it undecided, another image or key proves nothing")
    func undecided() throws {
        let finding = try #require(evidence.findings.first { $0.location.layer != nil })
        let another = try bench.run(
            "prove", finding.id, "--image", try bench.write(Workbench.cleanImage()), "--evidence", "b.tar")
        #expect(another.status == 3)
        #expect(another.errorText.contains("is not the image of the evidence"))
        let key = try bench.run(
            "prove", finding.id, "--image", image,
            environment: ["PALIMPSEST_FINGERPRINT_KEY": String(repeating: "11", count: 32)])
        #expect(key.status == 3)
        #expect(key.errorText.contains("fingerprint key"))
        #expect(try bench.run("prove", "ffffffff-none", "--image", image).status == 3)
        let digest = try #require(finding.location.layer?.digest)
        let blob = "\(bench.scratch.file("demo"))/blobs/sha256/\(digest.hex)"
        var bytes = Array(try Data(contentsOf: URL(filePath: blob)))
        bytes[bytes.count - 6] ^= 1
        try Data(bytes).write(to: URL(filePath: blob))
        let damaged = try bench.run("prove", finding.id, "--image", image)
        #expect(damaged.status == 2, "\(damaged.outputText)\(damaged.errorText)")
        #expect(damaged.outputText.hasPrefix("UNDECIDED"))
    }

    @Test("a control is followed to rule, finding, layer, bytes and receipt, over a bundle and over evidence")
    func control() throws {
        let file = try #require(try bench.file(named: "evidence.json", below: "reports"))
        let fromBundle = try bench.run("explain", "NHI2:2025", "--evidence", "b.tar")
        #expect(fromBundle.status == 0, "\(fromBundle.errorText)")
        let fromEvidence = try bench.run(
            "explain", "NHI-02", "--evidence", file, "--as-of", Workbench.asOf)
        #expect(fromEvidence.outputText == fromBundle.outputText)
        let finding = try #require(
            evidence.findings.first { $0.rule == "stripe.secret-key" && $0.location.layer != nil })
        let layer = try #require(finding.location.layer)
        for words in [
            "secrets.deleted-but-recoverable", finding.id, layer.digest.text,
            "bytes \(finding.location.offset ?? 0) to ", "receipt: palimpsest.secrets",
            "overwritten by layer",
        ] {
            #expect(fromBundle.outputText.contains(words), "\(words)")
        }
        #expect(!holdsSecret(fromBundle))
    }

    @Test(
        "a finding is followed to its rules and controls, a rule to its findings, and what is neither is refused"
    )
    func others() throws {
        let finding = try #require(evidence.findings.first { $0.rule == "stripe.secret-key" })
        let outcome = try bench.run("explain", String(finding.id.prefix(8)), "--evidence", "b.tar")
        for words in ["breaks secrets.", "NHI2:2025", "fingerprint ", "receipt: palimpsest.secrets"] {
            #expect(outcome.outputText.contains(words), "\(words)")
        }
        let rule = try bench.run("explain", "secrets.third-party", "--evidence", "b.tar")
        #expect(rule.outputText.contains("Stripe"))
        for (name, more) in [("nothing", []), ("NHI2:2025", ["--policy", "strict"])] {
            let refused = try bench.run("explain", name, "--evidence", "b.tar", more: more)
            #expect(refused.status == 3)
        }
        try bench.scratch.write("{}", to: "e.json")
        #expect(try bench.run("explain", "NHI2:2025", "--evidence", "e.json").status == 3)
    }
}
