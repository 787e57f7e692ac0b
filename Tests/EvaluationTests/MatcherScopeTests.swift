import Model
import TestSupport
import Testing

@testable import Evaluation

@Suite("The kinds that a matcher can hold for")
struct MatcherScopeTests {
    private static func kind(_ test: Matcher.Test) -> Matcher { Sample.test(.finding, "kind", test) }

    private static let leaves: [Matcher] = [
        kind(.equals(.text("credential.cloud"))),
        kind(.isIn([.text("key.private"), .text("credential.ai")])),
        kind(.glob(Glob("credential.*"))), kind(.glob(Glob("*"))), kind(.exists(true)), kind(.exists(false)),
        Sample.test(.finding, "keyBits", .atLeast(.number(2048))),
        Sample.test(.finding, "path", .glob(Glob("/a/**"))),
        Sample.test(.finding, "expires", .exists(true)), .any([]), .all([]),
        Sample.test(.finding, "severity", .atLeast(.text("high"))),
        Sample.test(.finding, "confidence", .equals(.text("low"))),
        Sample.test(.finding, "persistence", .equals(.text("deleted"))),
        Sample.test(.finding, "origin", .isIn([.text("base"), .text("step")])),
    ]

    private static func matcher(_ depth: Int, using random: inout SeededGenerator) -> Matcher {
        guard depth > 0, random.chance(75) else { return leaves.randomElement(using: &random) ?? .any([]) }
        let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            matcher(depth - 1, using: &random)
        }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .all(parts)
        case 1: return .any(parts)
        default: return .not(parts[0])
        }
    }

    @Test("are all but those for which it comes out as no, whatever it is made of")
    func sound() {
        var narrowed = 0
        for seed: UInt64 in 0..<3000 {
            var random = SeededGenerator(seed: seed)
            let matcher = Self.matcher(3, using: &random)
            guard let scope = matcher.scope(of: .kind) else { continue }
            narrowed += 1
            for kind in FindingKind.allCases where !scope.contains(kind.rawValue) {
                for attributes: [String: AttributeValue] in [[:], ["keyBits": .number(4096)]] {
                    let finding = Sample.finding("f", kind: kind, attributes: attributes)
                    #expect(matcher.truth(of: finding, asOf: Sample.now) == .no, "seed \(seed), \(kind)")
                }
            }
        }
        #expect(narrowed > 500)
    }

    @Test("come out the same when what many subjects agree in was asked once for all of them")
    func settled() {
        var shorter = 0
        for seed: UInt64 in 0..<3000 {
            var random = SeededGenerator(seed: seed)
            let matcher = Self.matcher(3, using: &random)
            var known = Sample.finding(
                "f", kind: FindingKind.allCases.randomElement(using: &random) ?? .other)
            known.severity = Severity.allCases.randomElement(using: &random) ?? .high
            known.confidence = Confidence.allCases.randomElement(using: &random) ?? .high
            known.persistence = Persistence.allCases.randomElement(using: &random) ?? .present
            known.origin = Origin.allCases.randomElement(using: &random) ?? .base
            let settled = matcher.settled(by: known, in: Finding.agreed, asOf: Sample.now)
            if settled != matcher { shorter += 1 }
            for path in ["/a/b", "/c"] {
                for attributes: [String: AttributeValue] in [[:], ["keyBits": .number(4096)]] {
                    var finding = known
                    finding.location = Sample.place(0, path)
                    finding.attributes = attributes
                    #expect(
                        settled.truth(of: finding, asOf: Sample.now)
                            == matcher.truth(of: finding, asOf: Sample.now), "seed \(seed), \(path)")
                }
            }
        }
        #expect(shorter > 500)
    }

    @Test("make no difference to what comes out, however many subjects there are")
    func many() {
        let kinds = FindingKind.allCases
        let findings = (0..<200).map { index in
            Sample.finding(
                "f\(index)", kind: kinds[index % kinds.count], at: Sample.place(0, "/app/\(index)"))
        }
        for matcher in [Self.leaves[0], Self.leaves[1], Self.leaves[2], .not(Self.leaves[2])] {
            let wanted = findings.filter { matcher.truth(of: $0, asOf: Sample.now) == .yes }.map(\.id)
            let assessment = Evaluator.assess(
                Sample.evidence(findings: findings), against: Sample.policy([Sample.rule(match: matcher)]),
                asOf: Sample.now)
            #expect(Set(assessment.rules[0].violations.map(\.id)) == Set(wanted))
        }
    }
}
