import Model
import TestSupport
import Testing

@testable import Evaluation

/// What holds of every comparison, tried on many.
@Suite("What holds of every comparison of two audits")
struct ComparingLawsTests {
    private static func audited(_ sample: RandomCase) -> AuditedImage {
        let assessment = Evaluator.assess(
            sample.evidence, against: sample.policy, signOffs: sample.signOffs, asOf: Sample.now)
        return AuditedImage(assessment, of: sample.evidence, under: sample.policy)
    }

    @Test("an audit held against itself shows what is still there, and nothing else")
    func reflexive() {
        var things = 0
        for seed: UInt64 in 0..<500 {
            var random = SeededGenerator(seed: seed)
            let audit = Self.audited(RandomCase(using: &random))
            let difference = ImageComparer.compare(audit, audit)
            things += difference.subjects.count
            for change in Change.allCases where change != .stillThere {
                #expect(difference.count(of: change) == 0, "seed \(seed): \(change)")
            }
            #expect(difference.controls.isEmpty)
            let isOpen = audit.assessment.rules.contains { $0.status == .notAssessed }
            #expect(!isOpen || !difference.untold.isEmpty, "seed \(seed): what neither looked at is told")
        }
        #expect(things > 500, "too little was found for this to show anything")
    }

    @Test("whatever is lost, nothing counts as fixed, and not all can be told", arguments: Loss.allCases)
    func loss(loss: Loss) {
        var losses = 0
        for seed: UInt64 in 0..<400 {
            var random = SeededGenerator(seed: seed)
            let whole = RandomCase(using: &random)
            var less = whole
            loss.apply(to: &less, using: &random)
            let (before, after) = (Self.audited(whole), Self.audited(less))
            let difference = ImageComparer.compare(before, after)
            #expect(difference.count(of: .fixed) == 0, "\(loss), seed \(seed)")
            let was = Set(before.assessment.rules.filter(\.isBroken).map(\.id))
            let known = Set(after.assessment.rules.filter { !$0.status.isOpen }.map(\.id))
            for rule in before.assessment.rules
            where was.contains(rule.id) && !rule.status.isOpen && !known.contains(rule.id) {
                let told = difference.rules.first { $0.rule == rule.id }
                #expect(told?.change == .coverageLost, "\(loss), seed \(seed): \(rule.id)")
            }
            if difference.count(of: .coverageLost) > 0 {
                losses += 1
                #expect(!difference.untold.isEmpty, "\(loss), seed \(seed): it is not complete")
            }
        }
        #expect(loss == .attribute || losses > 20, "too little was lost for this to show anything")
    }

    @Test("what is new from one to the other is what is gone from the other to the one")
    func symmetric() {
        var count = 0
        for seed: UInt64 in 0..<500 {
            var random = SeededGenerator(seed: seed)
            let one = RandomCase(using: &random)
            var other = RandomCase(using: &random)
            other.rules = one.rules
            let (before, after) = (Self.audited(one), Self.audited(other))
            func names(_ difference: ImageDifference, _ changes: Set<Change>) -> [[String]] {
                difference.subjects.filter { changes.contains($0.change) }.map { [$0.kind] + $0.places }
                    .sorted { $0.lexicographicallyPrecedes($1) }
            }
            let new = names(ImageComparer.compare(before, after), [.new, .reopened])
            let gone = names(ImageComparer.compare(after, before), [.fixed, .coverageLost])
            count += new.count
            #expect(new == gone, "seed \(seed)")
        }
        #expect(count > 300)
    }

    @Test("the order of what is listed changes nothing")
    func order() {
        for seed: UInt64 in 0..<300 {
            var random = SeededGenerator(seed: seed)
            let one = RandomCase(using: &random)
            var other = RandomCase(using: &random)
            other.rules = one.rules
            var shuffled = other
            shuffled.findings.shuffle(using: &random)
            shuffled.inventory.shuffle(using: &random)
            shuffled.receipts.shuffle(using: &random)
            shuffled.gaps.shuffle(using: &random)
            shuffled.rules.shuffle(using: &random)
            let before = Self.audited(one)
            let difference = ImageComparer.compare(before, Self.audited(other))
            #expect(difference == ImageComparer.compare(before, Self.audited(shuffled)), "seed \(seed)")
        }
    }
}
