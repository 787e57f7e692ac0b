import Model
import Testing

@testable import Evaluation

@Suite("What a rule goes by beside the image")
struct GroundComparisonTests {
    private static let shared = Sample.rule(
        "reuse", requires: [.secrets, .comparison],
        match: Sample.test(.finding, "sharedImages", .atLeast(.number(1))))
    private static let inherited = Sample.rule(
        "inherited", match: Sample.test(.finding, "origin", .equals(.text("base"))))

    private static func other(_ name: String, _ digest: Int) -> ComparedImage {
        ComparedImage(name: name, digest: Sample.digest(digest), environment: nil)
    }

    /// An audit of one secret, or of none in another layer, with these images of the run.
    private static func audit(
        sharedWith: [ComparedImage] = [], comparedWith: [ComparedImage] = [], origin: Origin = .context,
        persistence: Persistence = .present, isGone: Bool = false
    ) -> AuditedImage {
        var secret = Sample.finding("a")
        secret.fingerprint = Fingerprint(hmac: Array(repeating: 1, count: 32))
        secret.sharedWith = sharedWith.isEmpty ? nil : sharedWith
        secret.origin = origin
        secret.persistence = persistence
        let layers = isGone ? [Sample.layer(0, size: 512)].map(Self.anew) : [Sample.layer(0)]
        var evidence = Sample.evidence(
            layers: layers, findings: isGone ? [] : [secret],
            receipts: [
                Sample.receipt(layers: layers),
                Sample.receipt(Receipt.comparison, provides: [.comparison], layers: [], metadata: false),
            ])
        evidence = isGone ? evidence.of(Sample.digest(211)) : evidence
        evidence.comparedWith = comparedWith
        let policy = Sample.policy([shared, inherited])
        return AuditedImage(
            Evaluator.assess(evidence, against: policy, asOf: Sample.now), of: evidence, under: nil)
    }

    private static func anew(_ layer: LayerFacts) -> LayerFacts {
        var layer = layer
        layer.diffID = Sample.digest(50)
        return layer
    }

    private static func change(
        of rule: String, _ before: AuditedImage, _ after: AuditedImage
    ) -> RuleDifference? {
        ImageComparer.compare(before, after).rules.first { $0.rule == rule }
    }

    private static let billing = other("oci:img/billing:1", 1)
    private static let leaking = audit(sharedWith: [billing], comparedWith: [billing])

    @Test("a rule on several images is not fixed by holding the image against others, or against none")
    func comparison() throws {
        for images in [[], [Self.other("oci:img/clean", 2)]] {
            let told = try #require(
                Self.change(of: "reuse", Self.leaking, Self.audit(comparedWith: images)))
            #expect(told.after == .pass && told.change == .coverageLost)
            #expect(told.reason.contains("oci:img/billing:1"))
        }
    }

    @Test("it is where the same image was looked at and has the secret no more, whatever its tag")
    func mended() {
        let rebuilt = Self.audit(comparedWith: [Self.other("oci:img/billing:2", 3)])
        #expect(Self.change(of: "reuse", Self.leaking, rebuilt)?.change == .fixed)
        let gone = Self.audit(comparedWith: [Self.other("oci:img/clean", 2)], isGone: true)
        #expect(Self.change(of: "reuse", Self.leaking, gone)?.change == .fixed)
    }

    @Test("of assessments alone nothing tells what was compared, so that nothing is fixed")
    func assessments() {
        func alone(_ audit: AuditedImage) -> AuditedImage {
            AuditedImage(audit.assessment, of: nil, under: nil)
        }
        let change = Self.change(of: "reuse", alone(Self.leaking), alone(Self.audit()))
        #expect(change?.change == .coverageLost)
    }

    @Test("a secret of the base is not fixed where nobody can say any more that its layer is from the base")
    func base() throws {
        let before = Self.audit(origin: .base)
        let told = try #require(Self.change(of: "inherited", before, Self.audit()))
        #expect(told.after == .pass && told.change == .coverageLost)
        #expect(Self.change(of: "inherited", before, Self.audit(isGone: true))?.change == .fixed)
    }
}
