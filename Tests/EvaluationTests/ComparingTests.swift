import Model
import Testing

@testable import Evaluation

@Suite("Comparing two audits")
struct ComparingTests {
    private static let one = Fingerprint(hmac: Array(repeating: 1, count: 32))
    private static let two = Fingerprint(hmac: Array(repeating: 2, count: 32))

    private static func secret(
        _ id: String, _ fingerprint: Fingerprint = one, layer: Int = 0, path: String = "/a.env",
        rule: String = "test.rule", persistence: Persistence = .present
    ) -> Finding {
        var finding = Sample.finding(id, at: Sample.place(layer, path))
        finding.fingerprint = fingerprint
        finding.rule = rule
        finding.persistence = persistence
        return finding
    }

    /// A receipt with these rules.
    private static func receipt(_ rules: Int?, version: String = "0.1.0", layers: [LayerFacts]) -> Receipt {
        let usual = Sample.receipt(layers: layers)
        return Receipt(
            detector: usual.detector, tool: usual.tool, version: version, rules: rules.map(Sample.digest),
            target: usual.target, provides: usual.provides, layers: usual.layers, metadata: true,
            outcome: .completed)
    }

    /// An audit of an image with these layers, by their numbers.
    private static func audit(
        _ findings: [Finding] = [], layers numbers: [Int] = [0, 1], items: [InventoryItem] = [],
        gaps: [Gap] = [], receipts: (([LayerFacts]) -> [Receipt])? = nil, policy: Policy? = nil,
        waivers: [Waiver] = [], asOf: Instant = Sample.now
    ) -> AuditedImage {
        let layers = numbers.enumerated().map { index, number in
            LayerFacts(
                index: index, history: index, digest: Sample.digest(100 + number),
                diffID: Sample.digest(number), size: 512, uncompressedSize: 1024, createdBy: "COPY . /app",
                origin: .context, entries: 1, bytesScanned: 1024)
        }
        let placed = findings.map { finding in
            var finding = finding
            let layer = layers.first { $0.diffID == finding.location.layer?.diffID }
            if let layer, let index = layer.index, let digest = layer.digest, let diffID = layer.diffID {
                finding.location.layer = .init(index: index, digest: digest, diffID: diffID)
            }
            return finding
        }
        let evidence = Sample.evidence(
            layers: layers, findings: placed, inventory: items, gaps: gaps,
            receipts: receipts?(layers) ?? [Sample.receipt(layers: layers)]
        ).of(Sample.digest(numbers.reduce(210) { $0 &* 7 &+ $1 }))
        let policy = policy ?? Sample.policy([Sample.rule()])
        return AuditedImage(
            Evaluator.assess(
                evidence, against: policy,
                signOffs: SignOffs(digest: Sample.digest(9), waivers: waivers, attestations: []), asOf: asOf),
            of: evidence, under: policy)
    }

    private static func changes(_ difference: ImageDifference) -> [String: Change] {
        Dictionary(difference.subjects.map { ($0.id, $0.change) }, uniquingKeysWith: { first, _ in first })
    }

    @Test("a secret that moved is still there, another one is new, and one whose layer is gone is fixed")
    func secrets() {
        let difference = ImageComparer.compare(
            Self.audit([Self.secret("a"), Self.secret("b", Self.two, layer: 1)]),
            Self.audit(
                [
                    Self.secret("c", layer: 2, path: "/moved"),
                    Self.secret("d", Fingerprint(hmac: Array(repeating: 3, count: 32)), layer: 3),
                ], layers: [2, 3]))
        #expect(Self.changes(difference) == ["c": .stillThere, "b": .fixed, "d": .new])
        #expect(difference.rules.map(\.change) == [.stillThere])
        #expect(difference.untold.isEmpty)
    }

    @Test("with the last secret the rule is fixed; an image without a secret before shows a new one")
    func rules() {
        let (leaking, clean) = (Self.audit([Self.secret("a")]), Self.audit(layers: [2]))
        #expect(ImageComparer.compare(leaking, clean).rules.map(\.change) == [.fixed])
        #expect(ImageComparer.compare(clean, leaking).rules.map(\.change) == [.new])
        let first = ImageComparer.compare(nil, leaking)
        #expect(first.subjects.map(\.change) == [.new])
        #expect(first.rules.map(\.change) == [.new])
        let gone = ImageComparer.compare(leaking, nil)
        #expect(gone.coverage.map(\.part) == [.image])
        #expect(!gone.untold.isEmpty)
    }

    @Test("as long as a layer that held it is there, a secret is not fixed")
    func layer() throws {
        let difference = ImageComparer.compare(
            Self.audit([Self.secret("a")]), Self.audit(layers: [5, 0]))
        let told = try #require(difference.subjects.first)
        #expect(told.change == .coverageLost)
        #expect(told.reason?.contains("as layer 1") == true)
        #expect(difference.rules.map(\.change) == [.coverageLost])
    }

    @Test("nothing of an image is fixed in the very same image, wherever it lies")
    func sameImage() throws {
        var metadata = Self.secret("a")
        metadata.location = Location(config: "Env/TOKEN")
        let rule = Sample.rule(
            requires: [.certificates], each: .inventory, match: Sample.test(.inventory, "type", .exists(true))
        )
        var item = Sample.item("i")
        item.detector = "secrets"
        let policy = Sample.policy([Sample.rule(), rule])
        for before in [Self.audit([metadata], policy: policy), Self.audit(items: [item], policy: policy)] {
            let difference = ImageComparer.compare(before, Self.audit(policy: policy))
            let told = try #require(difference.subjects.first)
            #expect(told.change == .coverageLost)
            #expect(told.reason?.contains("the very same") == true)
            #expect(!difference.rules.map(\.change).contains(.fixed))
        }
    }

    @Test("a detector that did not run, did not finish or lost its receipt fixes nothing")
    func receipts() {
        let before = Self.audit([Self.secret("a")])
        let lost: [(([LayerFacts]) -> [Receipt])] = [
            { _ in [] },
            { [Sample.receipt(layers: $0, outcome: .incomplete)] },
            { [Sample.receipt("others", layers: $0)] },
            { [Sample.receipt(layers: [$0[0]])] },
            { [Sample.receipt(layers: $0, metadata: false)] },
        ]
        for receipts in lost {
            let difference = ImageComparer.compare(before, Self.audit(layers: [2, 3], receipts: receipts))
            #expect(difference.subjects.map(\.change) == [.coverageLost])
            #expect(difference.rules.map(\.change) == [.coverageLost])
            #expect(difference.coverage.contains { $0.part == .detector })
            #expect(difference.count(of: .fixed) == 0)
            #expect(!difference.untold.isEmpty)
        }
    }

    @Test("a layer or a file that became a gap fixes nothing, and a gap that was there is none that is new")
    func gaps() {
        let gap = Gap(layer: 0, path: EntryPath("/x.zip"), reason: .encryptedArchive, detail: "a password")
        let moved = Gap(layer: 1, path: EntryPath("/x.zip"), reason: .encryptedArchive, detail: "a password")
        let difference = ImageComparer.compare(
            Self.audit([Self.secret("a")]), Self.audit(layers: [2, 3], gaps: [gap]))
        #expect(difference.subjects.map(\.change) == [.coverageLost])
        #expect(difference.coverage.contains { $0.part == .gap && $0.name == "/x.zip" })
        let same = ImageComparer.compare(
            Self.audit(layers: [0, 1], gaps: [gap]), Self.audit(layers: [2, 3], gaps: [moved]))
        #expect(same.coverage.isEmpty)
        #expect(!same.untold.isEmpty)
    }

    @Test("other rules fix nothing, unless they are known to have the one it was found by")
    func ruleSets() {
        let before = Self.audit([Self.secret("a")], receipts: { [Self.receipt(1, layers: $0)] })
        let after = Self.audit(layers: [2], receipts: { [Self.receipt(2, layers: $0)] })
        let difference = ImageComparer.compare(before, after)
        #expect(difference.subjects.map(\.change) == [.coverageLost])
        #expect(difference.rules.map(\.change) == [.coverageLost])
        #expect(difference.detectors.map(\.detector) == ["secrets"])
        func with(_ rules: Set<String>) -> [Change] {
            ImageComparer.compare(before, after, ruleSets: [Sample.digest(2): rules]).subjects.map(\.change)
        }
        #expect(with(["test.rule"]) == [.fixed])
        #expect(with(["another"]) == [.coverageLost])
        let used = Self.audit(
            [Self.secret("b", Self.two, layer: 2)], layers: [2], receipts: { [Self.receipt(2, layers: $0)] })
        #expect(Self.changes(ImageComparer.compare(before, used))["a"] == .fixed)
    }

    @Test("without rules of its own, a detector of another version is another detector")
    func versions() {
        let before = Self.audit([Self.secret("a")])
        let after = Self.audit(layers: [2], receipts: { [Self.receipt(nil, version: "2", layers: $0)] })
        #expect(ImageComparer.compare(before, after).subjects.map(\.change) == [.coverageLost])
    }

    private static func waiver(until last: Int) -> Waiver {
        let today = Instant(seconds: Sample.now.seconds / 86_400 * 86_400)
        return Waiver(
            id: "w", target: .init(finding: nil, fingerprint: one.text, rule: nil, images: []),
            justification: "it is a test", owner: "team", approver: "officer", ticket: "RISK-1",
            validity: Validity(created: today.adding(days: -5), lastDay: today.adding(days: last)),
            source: "waivers.yaml:3")
    }

    @Test("a waiver that ended or is not given any more has lapsed; one that is new changes nothing")
    func waivers() throws {
        let secret = [Self.secret("a")]
        let waived = Self.audit(secret, waivers: [Self.waiver(until: 20)])
        for (after, word) in [
            (Self.audit(secret), "not given"),
            (Self.audit(secret, waivers: [Self.waiver(until: -1)]), "expired"),
        ] {
            let difference = ImageComparer.compare(waived, after)
            #expect(difference.subjects.map(\.change) == [.waiverLapsed])
            #expect(difference.rules.map(\.change) == [.waiverLapsed])
            #expect(try #require(difference.subjects.first?.reason).contains(word))
            #expect(difference.shows(.waiverLapsed))
        }
        let accepted = ImageComparer.compare(Self.audit(secret), waived)
        #expect(accepted.subjects.map(\.change) == [.stillThere])
        #expect(accepted.subjects.first?.acceptedBy == ["w"])
        let new = ImageComparer.compare(Self.audit(layers: [3]), waived)
        #expect(new.subjects.map(\.change) == [.new])
        #expect(!new.shows(.new), "what somebody accepted already fails nothing")
        let back = ImageComparer.compare(Self.audit(layers: [3]), waived, earlier: [Self.audit(secret)])
        #expect(back.rules.map(\.change) == [.reopened])
        #expect(!back.shows(.reopened))
        let another = Self.audit(
            [Self.secret("b", Self.two, layer: 2)], layers: [2], waivers: [Self.waiver(until: 20)])
        #expect(ImageComparer.compare(waived, another).rules.map(\.change) == [.new])
    }

    @Test("what was gone and is back is reopened: from an earlier audit, or from below another layer")
    func reopened() {
        let leaking = Self.audit([Self.secret("a")])
        let clean = Self.audit(layers: [2])
        let difference = ImageComparer.compare(clean, leaking, earlier: [leaking])
        #expect(difference.subjects.map(\.change) == [.reopened])
        #expect(difference.rules.map(\.change) == [.reopened])
        let blind = Self.audit(layers: [2], receipts: { _ in [] })
        #expect(
            ImageComparer.compare(blind, leaking, earlier: [leaking]).subjects.map(\.change) == [.new])
        let hidden = Self.audit([Self.secret("a", persistence: .deleted)])
        #expect(ImageComparer.compare(hidden, leaking).subjects.map(\.change) == [.reopened])
        #expect(ImageComparer.compare(leaking, hidden).subjects.map(\.change) == [.stillThere])
    }

    private static func policy(_ rules: [Rule], digest: Int) -> Policy {
        let usual = Sample.policy(rules, controls: [Sample.control("c", .decides)])
        return Policy(
            id: usual.id, title: usual.title, digest: Sample.digest(digest), frameworks: usual.frameworks,
            rules: rules)
    }

    @Test(
        "another policy fixes nothing: what it does not count is still there, what it has not is not covered")
    func policies() {
        let secret = Self.secret("a")
        let strict = Self.audit([secret], policy: Self.policy([Sample.rule()], digest: 1))
        let lax = Sample.rule(match: Sample.test(.finding, "kind", .equals(.text("key.private"))))
        let looser = ImageComparer.compare(
            strict, Self.audit([secret], policy: Self.policy([lax], digest: 2)))
        #expect(looser.subjects.map(\.change) == [.stillThere])
        #expect(looser.rules.map(\.change) == [.stillThere])
        let without = ImageComparer.compare(
            strict, Self.audit([secret], policy: Self.policy([Sample.rule("other")], digest: 2)))
        #expect(without.rules.map(\.change) == [.new, .coverageLost])
        let kept = ImageComparer.compare(
            strict, Self.audit(layers: [2], policy: Self.policy([Sample.rule()], digest: 2)))
        #expect(kept.rules.map(\.change) == [.fixed], "the rule itself is the same")
    }

    @Test("a rule that counts for more or less is policy that changed, and nothing of the image")
    func effects() {
        func audit(_ effect: Rule.Effect, _ digest: Int) -> AuditedImage {
            Self.audit([Self.secret("a")], policy: Self.policy([Sample.rule(effect: effect)], digest: digest))
        }
        for (before, after) in [(audit(.warn, 1), audit(.fail, 2)), (audit(.fail, 1), audit(.warn, 2))] {
            let difference = ImageComparer.compare(before, after)
            #expect(difference.rules.map(\.change) == [.mappingChanged])
            #expect(difference.count(of: .mappingChanged) == 1)
            #expect(difference.subjects.map(\.change) == [.stillThere])
        }
        #expect(ImageComparer.compare(audit(.warn, 1), audit(.warn, 2)).rules.map(\.change) == [.stillThere])
        let accepted = Self.audit(
            [Self.secret("a")], policy: Self.policy([Sample.rule(effect: .warn)], digest: 1),
            waivers: [Self.waiver(until: 20)])
        let more = Self.audit(
            [Self.secret("a"), Self.secret("b", Self.two)],
            policy: Self.policy([Sample.rule()], digest: 2), waivers: [Self.waiver(until: 20)])
        #expect(
            ImageComparer.compare(accepted, more).rules.map(\.change) == [.new],
            "what nobody accepted is worse than another policy")
    }

    @Test("an edge that is there no more, or of another kind, is a mapping that changed")
    func mapping() {
        func audit(_ edges: [ControlEdge], _ digest: Int) -> AuditedImage {
            Self.audit(policy: Self.policy([Sample.rule(controls: edges)], digest: digest))
        }
        let direct = audit([Sample.edge("c")], 1)
        let none = ImageComparer.compare(direct, audit([], 2)).mapping
        #expect(none.map(\.before) == ["direct"] && none.map(\.after) == [nil])
        let other = ImageComparer.compare(direct, audit([Sample.edge("c", .indicator)], 2))
        #expect(other.mapping.map(\.after) == ["indicator"])
        #expect(other.controls.map(\.after) == [.manual])
        #expect(ImageComparer.compare(direct, audit([Sample.edge("c")], 2)).mapping.isEmpty)
    }

    @Test("an item that comes to break a rule is new, and one that ceases to is fixed")
    func items() {
        let rule = Sample.rule(
            requires: [.certificates], each: .inventory,
            match: Sample.test(.inventory, "notAfter", .olderThan(days: 0)))
        func audit(ending days: Int) -> AuditedImage {
            var item = Sample.item(
                "i", attributes: ["notAfter": .instant(Sample.now.adding(days: days))])
            item.detector = "secrets"
            return Self.audit(items: [item], policy: Sample.policy([rule]))
        }
        #expect(ImageComparer.compare(audit(ending: 1), audit(ending: -1)).subjects.map(\.change) == [.new])
        #expect(
            ImageComparer.compare(audit(ending: -1), audit(ending: 1)).subjects.map(\.change) == [.fixed])
    }

    @Test("of assessments alone rules are compared, and that is not all")
    func assessments() {
        func alone(_ audit: AuditedImage) -> AuditedImage {
            AuditedImage(audit.assessment, of: nil, under: nil)
        }
        let difference = ImageComparer.compare(
            alone(Self.audit([Self.secret("a")])), alone(Self.audit(layers: [2])))
        #expect(difference.subjects.isEmpty)
        #expect(difference.rules.map(\.change) == [.fixed])
        #expect(difference.untold.count == 2)
        let other = ImageComparer.compare(
            alone(Self.audit([Self.secret("a")])),
            alone(Self.audit(layers: [2], policy: Self.policy([Sample.rule()], digest: 2))))
        #expect(other.rules.map(\.change) == [.coverageLost])
    }
}
