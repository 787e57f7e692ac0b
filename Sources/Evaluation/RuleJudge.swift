internal import Model

/// Holds one rule against the evidence.
struct RuleJudge {
    private let evidence: Evidence
    private let coverage: CoverageCheck
    private let asOf: Instant
    private let findings: [FactGroup<Finding>]
    private let inventory: [FactGroup<InventoryItem>]

    init(_ evidence: Evidence, asOf: Instant) {
        self.evidence = evidence
        self.asOf = asOf
        coverage = CoverageCheck(evidence)
        findings = FactGroup.groups(evidence.findings)
        inventory = FactGroup.groups(evidence.inventory)
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
        if let violations, violations.count > rule.atMost {
            return .violated(
                violations, rule.effect, caveat: missing.isEmpty ? nil : Shortfall(clauses: missing))
        }
        guard missing.isEmpty, case .success(let coverage) = proof else {
            return .notAssessed(Shortfall(clauses: missing))
        }
        return .pass(coverage, tolerated: violations?.count ?? 0)
    }

    /// What breaks the rule, and in clauses what cannot be told for want of a field.
    private func tested(by plan: RulePlan) -> (violations: Violations?, unknown: [String]) {
        var breaking: [Violations.Subject] = []
        var unknown: Set<String> = []
        func test(
            _ facts: some Facts, _ subject: Violations.Subject, at location: @autoclosure () -> Location?,
            against matcher: Matcher
        ) {
            switch matcher.truth(of: facts, asOf: asOf) {
            case .no: return
            case .yes: breaking.append(subject)
            case .unknown(let field):
                let place = location().map { " at \($0.summary)" } ?? ""
                unknown.insert("\(field.name) is not known of the \(subject.noun) \(subject.title)\(place)")
            }
        }
        func test<Base>(_ groups: [FactGroup<Base>]) {
            for group in groups where plan.scope?.contains(group.kind) ?? true {
                guard let question = group.question(plan.rule.matcher, asOf: asOf) else { continue }
                for facts in group.facts {
                    test(facts, facts.subject, at: facts.location, against: question)
                }
            }
        }
        switch plan.rule.subject {
        case .finding: test(findings)
        case .inventory: test(inventory)
        case .image: test(evidence, Violations.Subject(evidence), at: nil, against: plan.rule.matcher)
        }
        return (Violations(breaking), unknown.sorted())
    }
}

extension Violations.Subject {
    convenience init(_ evidence: Evidence) {
        self.init(
            kind: .image, id: evidence.image.digest.text, title: evidence.image.name, noun: "image",
            place: 0, thing: 0, site: nil)
    }
}
