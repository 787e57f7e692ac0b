import FoundationEssentials
import Model
import TestSupport
import Testing

@testable import Evaluation

/// What holds of every assessment, tried on many.
///
/// What may be lost is everything that shows that somebody looked: receipts and what they cover, layers and their
/// bytes, gaps that come to be, attributes that no rule guards with `exists`, all that one of our detectors said, and
/// what people signed. A finding that goes missing while its detector's receipt stays is not among these, and neither
/// is a whole tool that nobody has to run: nothing in the document can tell of them.
@Suite("Lost evidence")
struct LossTests {
    private static let passing: [Status] = [.pass, .notApplicable]
    /// From what is best for the image to what is worst.
    private static let rank: [Status] = [.pass, .waived, .warn, .fail, .notAssessed, .error]

    @Test("never turns a status into a pass, nor makes the image look better", arguments: Loss.allCases)
    func neverHelps(loss: Loss) throws {
        var passes = 0
        for seed: UInt64 in 0..<500 {
            var random = SeededGenerator(seed: seed)
            let before = RandomCase(using: &random)
            var after = before
            for _ in 0..<Int.random(in: 1...2, using: &random) { loss.apply(to: &after, using: &random) }
            if random.chance(30) {
                Loss.allCases.randomElement(using: &random)?.apply(to: &after, using: &random)
            }
            let was = assess(before)
            let became = assess(after)
            passes += was.rules.count { $0.status == .pass }
            let old = Dictionary(uniqueKeysWithValues: was.rules.map { ($0.id, $0.status) })
            for new in became.rules where Self.passing.contains(new.status) {
                #expect(old[new.id] == new.status, "\(loss), seed \(seed): \(new.id), \(new.reason)")
            }
            for (id, status) in old where [.fail, .warn, .waived].contains(status) {
                #expect(became.rules.contains { $0.id == id }, "\(loss), seed \(seed): \(id) is gone")
            }
            for (old, new) in zip(was.controls, became.controls) where Self.passing.contains(new.status) {
                #expect(old.status == new.status, "\(loss), seed \(seed): \(old.id), \(new.reason)")
            }
            for (was, became) in [
                (was.status, became.status), (was.statusWithoutWaivers, became.statusWithoutWaivers),
            ] {
                let old = try #require(Self.rank.firstIndex(of: was))
                let new = try #require(Self.rank.firstIndex(of: became))
                #expect(new >= old, "\(loss), seed \(seed): \(was) became \(became)")
            }
        }
        #expect(passes > 100, "too few passes for losses to show")
    }

    @Test(
        "of what people signed takes away what it covered; and what they sign makes no rule and no image pass"
    )
    func signatures() {
        var covering = 0
        for seed: UInt64 in 0..<1000 {
            var random = SeededGenerator(seed: seed)
            let signed = RandomCase(using: &random)
            var fewer = signed
            fewer.signOffs = SignOffs(
                digest: signed.signOffs.digest,
                waivers: signed.signOffs.waivers.filter { _ in random.chance(50) },
                attestations: [])
            let (was, became) = (assess(signed), assess(fewer))
            covering += was.waivers.count(where: \.state.covers)
            for (old, new) in zip(was.rules, became.rules) {
                #expect((old.status == .pass) == (new.status == .pass), "seed \(seed): \(old.id)")
                #expect(old.statusWithoutWaivers == new.statusWithoutWaivers, "seed \(seed): \(old.id)")
                #expect(new.status != .waived || old.status == .waived, "seed \(seed): \(old.id)")
            }
            for (old, new) in zip(was.controls, became.controls) where new.status == .pass {
                #expect(old.status == .pass, "seed \(seed): \(old.id)")
            }
            #expect((was.status == .pass) == (became.status == .pass), "seed \(seed)")
            #expect(was.statusWithoutWaivers == became.statusWithoutWaivers, "seed \(seed)")
        }
        #expect(covering > 100, "too few waivers count for their loss to show")
    }

    @Test("of rules leaves the others as they are, and without any nothing is a pass")
    func rules() {
        for seed: UInt64 in 0..<200 {
            var random = SeededGenerator(seed: seed)
            let whole = RandomCase(using: &random)
            var fewer = whole
            fewer.rules.removeAll { _ in random.chance(40) }
            let results = Dictionary(uniqueKeysWithValues: assess(whole).rules.map { ($0.id, $0) })
            let left = assess(fewer)
            for result in left.rules { #expect(results[result.id] == result) }
            if fewer.rules.isEmpty { #expect(left.status == .notAssessed) }
            #expect(left.rules.allSatisfy { $0.status != .pass || !$0.receipts.isEmpty })
        }
    }

    @Test("has no order: lists in another order give an equal assessment")
    func order() throws {
        for seed: UInt64 in 0..<300 {
            var random = SeededGenerator(seed: seed)
            let ordered = RandomCase(using: &random)
            var shuffled = ordered
            shuffled.rules.shuffle(using: &random)
            for index in shuffled.receipts.indices {
                let old = shuffled.receipts[index]
                shuffled.receipts[index] = Receipt(
                    detector: old.detector, tool: old.tool, version: old.version, rules: old.rules,
                    target: old.target, provides: old.provides.shuffled(using: &random),
                    layers: old.layers.shuffled(using: &random), metadata: old.metadata, outcome: old.outcome,
                    alongside: old.alongside)
            }
            let document = Document(
                schemaVersion: Evidence.schema, image: shuffled.image,
                layers: shuffled.layers.shuffled(using: &random),
                findings: (shuffled.findings + shuffled.findings.prefix(1)).shuffled(using: &random),
                inventory: shuffled.inventory.shuffled(using: &random),
                gaps: (shuffled.gaps + shuffled.gaps.prefix(1)).shuffled(using: &random),
                receipts: (shuffled.receipts + shuffled.receipts.prefix(1)).shuffled(using: &random),
                fingerprintKey: "00000000")
            let evidence = try JSONDecoder().decode(Evidence.self, from: JSONEncoder().encode(document))
            let assessment = Evaluator.assess(
                evidence, against: shuffled.policy, signOffs: shuffled.signOffs, asOf: Sample.now)
            #expect(assessment == assess(ordered), "seed \(seed)")
        }
    }

    private func assess(_ sample: RandomCase) -> Assessment {
        Evaluator.assess(
            sample.evidence, against: sample.policy, signOffs: sample.signOffs, asOf: Sample.now)
    }

    /// An evidence document whose lists are in any order, as a file may have them.
    private struct Document: Encodable {
        let schemaVersion: String
        let image: ImageFacts
        let layers: [LayerFacts]
        let findings: [Finding]
        let inventory: [InventoryItem]
        let gaps: [Gap]
        let receipts: [Receipt]
        let fingerprintKey: String
    }
}
