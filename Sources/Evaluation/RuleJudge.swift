internal import Model

/// Holds one rule against the evidence.
struct RuleJudge {
    private let evidence: Evidence
    private let coverage: CoverageCheck
    private let asOf: Instant
    private let findings: SortedFacts<Finding>
    private let inventory: SortedFacts<InventoryItem>

    init(_ evidence: Evidence, asOf: Instant) {
        self.evidence = evidence
        self.asOf = asOf
        coverage = CoverageCheck(evidence)
        let findingOrder = PlaceOrder(evidence.findings) { $0.location < $1.location }
        findings = SortedFacts(
            evidence.findings.enumerated().map { position, finding in
                PlacedFacts(finding, .init(finding, place: findingOrder[position]), at: finding.location)
            }
        ) { $0.kind.rawValue }
        let itemOrder = PlaceOrder(evidence.inventory) { $0.location < $1.location }
        inventory = SortedFacts(
            evidence.inventory.enumerated().map { position, item in
                PlacedFacts(item, .init(item, place: itemOrder[position]), at: item.location)
            }
        ) { $0.type.rawValue }
    }

    /// What comes out for a rule.
    func verdict(on plan: RulePlan) -> RuleVerdict {
        let rule = plan.rule
        guard evidence.schemaVersion == Evidence.schema else {
            return .error(
                "the evidence is \(evidence.schemaVersion), and only \(Evidence.schema) can be judged")
        }
        switch rule.appliesTo?.truth(of: evidence, asOf: asOf, absence: .answersNothing) {
        case .no: return .notApplicable(reason: "the rule is not about this image")
        case .unknown(let field):
            return .notAssessed(
                Shortfall(clauses: [
                    "whether it is about this image is unknown without the image's \(field.name)"
                ]))
        case .yes, nil: break
        }
        let kind = evidence.image.kind
        let required = plan.requires.filter(kind.has)
        guard !required.isEmpty || rule.requires.isEmpty else {
            let what = kind.rawValue.replacing("-", with: " ")
            return .notApplicable(reason: "a \(what) has no \(Phrase.list(rule.requires.map(\.rawValue)))")
        }
        let (violations, unknown) = tested(by: plan)
        let proof = Result { () throws(Shortfall) in
            try coverage.coverage(of: required, andBy: rule.detectors)
        }
        var missing = unknown
        if case .failure(let shortfall) = proof { missing = shortfall.clauses + unknown }
        if let violations, violations.subjects.count > rule.atMost {
            return .violated(
                violations, rule.effect, caveat: missing.isEmpty ? nil : Shortfall(clauses: missing))
        }
        guard missing.isEmpty, case .success(let coverage) = proof else {
            return .notAssessed(Shortfall(clauses: missing))
        }
        return .pass(coverage, tolerated: violations?.subjects.count ?? 0)
    }

    /// What breaks the rule, and in clauses what cannot be told for want of a field.
    private func tested(by plan: RulePlan) -> (violations: Violations?, unknown: [String]) {
        var breaking: [Violations.Subject] = []
        var unknown: Set<String> = []
        func test(_ facts: some Facts, _ subject: Violations.Subject, at location: Location?) {
            switch plan.rule.matcher.truth(of: facts, asOf: asOf) {
            case .no: return
            case .yes: breaking.append(subject)
            case .unknown(let field):
                let place = location.map { " at \($0.summary)" } ?? ""
                unknown.insert("\(field.name) is not known of the \(subject.noun) \(subject.title)\(place)")
            }
        }
        switch plan.rule.subject {
        case .finding:
            for finding in findings.within(plan.scope).joined() {
                test(finding, finding.subject, at: finding.base.location)
            }
        case .inventory:
            for item in inventory.within(plan.scope).joined() {
                test(item, item.subject, at: item.base.location)
            }
        case .image: test(evidence, Violations.Subject(evidence), at: nil)
        }
        return (Violations(breaking), unknown.sorted())
    }
}

/// Facts in groups by the field that most rules ask for, so that a rule on one kind does not go through all.
private struct SortedFacts<Base: Facts> {
    private let all: [PlacedFacts<Base>]
    private let groups: [String: [PlacedFacts<Base>]]

    init(_ facts: [PlacedFacts<Base>], by value: (Base) -> String) {
        all = facts
        groups = Dictionary(grouping: facts) { value($0.base) }
    }

    /// Those in `scope`, in groups; all where it is nil.
    func within(_ scope: [String]?) -> [[PlacedFacts<Base>]] {
        scope.map { $0.compactMap { groups[$0] } } ?? [all]
    }
}

/// Facts whose path is put into text once, since most rules ask for it.
///
/// A class because every rule goes through all of them, and copying a finding is dearer than most tests.
private final class PlacedFacts<Base: Facts>: Facts {
    let base: Base
    let subject: Violations.Subject
    private let path: AttributeValue?

    init(_ base: Base, _ subject: Violations.Subject, at location: Location) {
        self.base = base
        self.subject = subject
        path = location.path.map { .text($0.description) }
    }

    func value(of field: FactField) -> AttributeValue? {
        field.key == .path ? path : base.value(of: field)
    }
}

extension Violations.Subject {
    convenience init(_ finding: Finding, place: Int) {
        self.init(
            kind: .finding, id: finding.id, title: finding.title, noun: "finding", place: place,
            site: .init(finding.location))
    }

    convenience init(_ item: InventoryItem, place: Int) {
        self.init(
            kind: .inventory, id: item.id, title: item.title, noun: item.type.noun, place: place,
            site: .init(item.location))
    }

    convenience init(_ evidence: Evidence) {
        self.init(
            kind: .image, id: evidence.image.digest.text, title: evidence.image.name, noun: "image",
            place: 0, site: .image)
    }
}

extension Violations.Site {
    fileprivate init(_ location: Location) { self = location.layer.map { .layer($0.index) } ?? .metadata }
}

extension InventoryType {
    /// As a sentence has it, `trust anchor`.
    fileprivate var noun: String { Self.nouns[self] ?? rawValue }

    private static let nouns = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, $0.rawValue.replacing("-", with: " ")) })
}
