import Model
import Testing

@testable import Evaluation

@Suite struct TrustJudgeTests {
    private static let sha = String(repeating: "a", count: 64)
    private static let spki = String(repeating: "b", count: 64)

    private static func judged(
        _ attributes: [String: AttributeValue], type: InventoryType = .trustAnchor,
        _ anchors: [TrustAnchor] = []
    ) -> [String: AttributeValue] {
        var all = attributes
        for (name, value) in [
            "sha256": AttributeValue.text(sha), "spki": .text(spki), "isCA": .flag(true),
            "notAfter": .instant(Sample.now.adding(days: 100)),
        ] where all[name] == nil { all[name] = value }
        let evidence = Sample.evidence(inventory: [Sample.item("a", type: type, attributes: all)])
        return TrustJudge(anchors).judged(evidence, asOf: Sample.now).evidence.inventory[0].attributes
    }

    private static func entry(sha256: String? = nil, spki: String? = nil, days: Int? = nil) -> TrustAnchor {
        TrustAnchor(
            name: "Corporate root", sha256: sha256, spki: spki, reason: "approved in spring",
            until: days.map { Sample.now.adding(days: $0) }, source: "a.yaml:4")
    }

    @Test("an anchor is approved by its certificate or its key, and unknown where no entry names it")
    func approved() {
        for entry in [Self.entry(sha256: Self.sha), Self.entry(spki: Self.spki)] {
            let judged = Self.judged([:], [entry])
            #expect(judged["trust"] == .text("approved"))
            #expect(judged["approvedBy"] == .text("Corporate root"))
            #expect(judged["trustReason"] == .text("approved in spring"))
        }
        // One certificate of a key that has others.
        let other = Self.judged([:], [Self.entry(sha256: Self.spki, spki: Self.spki)])
        #expect(other["trust"] == .text("unknown"))
        #expect(Self.judged([:])["trust"] == .text("unknown"))
    }

    @Test("the distribution's package approves what is in a trust store, and nothing elsewhere")
    func package() {
        let package: [String: AttributeValue] = ["package": .text("ca-certificates")]
        #expect(Self.judged(package)["trust"] == .text("approved"))
        #expect(Self.judged(package)["approvedBy"] == .text("the distribution's package ca-certificates"))
        #expect(Self.judged(package, type: .certificate)["trust"] == .text("unknown"))
    }

    @Test("what ran out is stale, and so is what is no longer approved, whoever else vouches")
    func stale() {
        let old: [String: AttributeValue] = ["notAfter": .instant(Sample.now.adding(days: -1))]
        let expired = Self.judged(old, [Self.entry(sha256: Self.sha)])
        #expect(expired["trust"] == .text("stale"))
        #expect(expired["approvedBy"] == .text("Corporate root"))
        #expect(Self.judged(old)["trust"] == .text("stale"))
        #expect(Self.judged(old)["approvedBy"] == nil)
        let withdrawn = Self.judged(
            ["package": .text("ca-certificates")], [Self.entry(sha256: Self.sha, days: -1)])
        #expect(withdrawn["trust"] == .text("stale"))
        #expect(withdrawn["approvedBy"] == nil)
        for days in [0, 1] {
            let judged = Self.judged([:], [Self.entry(sha256: Self.sha, days: days)])
            #expect(judged["trust"] == .text("approved"), "the last day counts")
        }
    }

    @Test("what evidence claims of it counts for nothing")
    func claimed() {
        let judged = Self.judged(["trust": .text("approved"), "approvedBy": .text("me")])
        #expect(judged["trust"] == .text("unknown"))
        #expect(judged["approvedBy"] == nil)
    }

    @Test("a certificate that may sign no others is no anchor")
    func leaf() {
        #expect(Self.judged(["isCA": .flag(false)], type: .certificate)["trust"] == nil)
    }
}
