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
        findings = SortedFacts(evidence.findings.map { PlacedFacts($0, at: $0.location) }, by: "kind") {
            $0.base.kind.rawValue
        }
        inventory = SortedFacts(evidence.inventory.map { PlacedFacts($0, at: $0.location) }, by: "type") {
            $0.base.type.rawValue
        }
    }

    /// What comes out for `rule`.
    func verdict(on rule: Rule) -> RuleVerdict {
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
        let required = rule.requires.filter(kind.has)
        guard !required.isEmpty || rule.requires.isEmpty else {
            let what = kind.rawValue.replacing("-", with: " ")
            return .notApplicable(reason: "a \(what) has no \(Phrase.list(rule.requires.map(\.rawValue)))")
        }
        let (violations, unknown) = tested(by: rule)
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
    private func tested(by rule: Rule) -> (violations: Violations?, unknown: [String]) {
        var breaking: [Violations.Subject] = []
        var unknown: Set<String> = []
        func test(_ facts: some Facts, _ subject: () -> Violations.Subject) {
            switch rule.matcher.truth(of: facts, asOf: asOf) {
            case .no: return
            case .yes: breaking.append(subject())
            case .unknown(let field):
                let subject = subject()
                let place = subject.location.map { " at \($0.summary)" } ?? ""
                unknown.insert("\(field.name) is not known of the \(subject.noun) \(subject.title)\(place)")
            }
        }
        switch rule.subject {
        case .finding:
            for finding in findings.within(rule.matcher) {
                test(finding) { Violations.Subject(finding.base) }
            }
        case .inventory:
            for item in inventory.within(rule.matcher) { test(item) { Violations.Subject(item.base) } }
        case .image: test(evidence) { Violations.Subject(evidence) }
        }
        return (Violations(breaking), unknown.sorted())
    }
}

/// Facts in groups by the field that most rules ask for, so that a rule on one kind does not go through all.
private struct SortedFacts<Base: Facts> {
    /// For fewer than these it is not worth asking.
    private static var few: Int { 24 }

    private let all: [PlacedFacts<Base>]
    private let field: String
    private let groups: [String: [PlacedFacts<Base>]]

    init(_ facts: [PlacedFacts<Base>], by field: String, _ value: (PlacedFacts<Base>) -> String) {
        all = facts
        self.field = field
        groups = facts.count < Self.few ? [:] : Dictionary(grouping: facts, by: value)
    }

    /// Those for which the matcher can come out as anything but no.
    func within(_ matcher: Matcher) -> [PlacedFacts<Base>] {
        guard !groups.isEmpty, let scope = matcher.scope(of: field) else { return all }
        if scope.count == 1, let only = scope.first { return groups[only] ?? [] }
        return groups.filter { scope.contains($0.key) }.flatMap(\.value)
    }
}

/// Facts whose path is put into text once, since most rules ask for it.
///
/// A class because every rule goes through all of them, and copying a finding is dearer than most tests.
private final class PlacedFacts<Base: Facts>: Facts {
    let base: Base
    private let path: AttributeValue?

    init(_ base: Base, at location: Location) {
        self.base = base
        path = location.path.map { .text($0.description) }
    }

    func value(of field: FactField) -> AttributeValue? {
        field.name == "path" ? path : base.value(of: field)
    }
}

extension Violations.Subject {
    init(_ finding: Finding) {
        self.init(
            kind: .finding, id: finding.id, title: finding.title, noun: "finding", location: finding.location)
    }

    init(_ item: InventoryItem) {
        self.init(
            kind: .inventory, id: item.id, title: item.title, noun: item.type.noun, location: item.location)
    }

    init(_ evidence: Evidence) {
        self.init(
            kind: .image, id: evidence.image.digest.text, title: evidence.image.name, noun: "image",
            location: nil)
    }
}

extension InventoryType {
    /// As a sentence has it, `trust anchor`.
    fileprivate var noun: String { Self.nouns[self] ?? rawValue }

    private static let nouns = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, $0.rawValue.replacing("-", with: " ")) })
}
