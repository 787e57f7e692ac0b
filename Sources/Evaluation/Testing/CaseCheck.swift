internal import Model

/// Holds what came out against what a case wants.
enum CaseCheck {
    /// What came out otherwise than `wanted` has it, a line each; empty where all did.
    ///
    /// `exempt` are rules that `otherRules` does not speak of.
    static func mistakes(
        in assessment: Assessment, of wanted: PolicyCase.Wants, exempt: Set<String> = []
    ) -> [String] {
        var mistakes: [String] = []
        func expect(_ what: String, _ found: String?, _ wants: String, because reason: String = "") {
            guard let found else {
                mistakes.append("there is no \(what)")
                return
            }
            guard found != wants else { return }
            mistakes.append("\(what) is \(found), not \(wants)" + (reason.isEmpty ? "" : ": \(reason)"))
        }
        let rules = Dictionary(uniqueKeysWithValues: assessment.rules.map { ($0.id, $0) })
        if let status = wanted.image {
            expect("image", assessment.status.rawValue, status.rawValue, because: assessment.reason)
        }
        for (id, status) in wanted.rules.sorted(by: { $0.key < $1.key }) {
            expect(
                "rule \(id)", rules[id]?.status.rawValue, status.rawValue, because: rules[id]?.reason ?? "")
        }
        if let status = wanted.otherRules {
            for rule in assessment.rules
            where wanted.rules[rule.id] == nil && !exempt.contains(rule.id) {
                expect("rule \(rule.id)", rule.status.rawValue, status.rawValue, because: rule.reason)
            }
        }
        for (id, count) in wanted.violations.sorted(by: { $0.key < $1.key }) {
            expect(
                "number of things that break \(id)", rules[id].map { "\($0.violations.count)" }, "\(count)")
        }
        for (id, severity) in wanted.severities.sorted(by: { $0.key < $1.key }) {
            expect("severity of \(id)", rules[id]?.severity.rawValue, severity.rawValue)
        }
        for control in assessment.controls {
            let name = ControlName(framework: control.framework, control: control.id)
            guard let status = wanted.controls[name] else { continue }
            expect(
                "control \(control.id)", control.status.rawValue, status.rawValue, because: control.reason)
        }
        mistakes += edgeMistakes(in: assessment, .direct, "breaks", wanted.breaks)
        mistakes += edgeMistakes(in: assessment, .indicator, "gives a hint against", wanted.hints)
        for (id, state) in wanted.waivers.sorted(by: { $0.key < $1.key }) {
            let waiver = assessment.waivers.first { $0.id == id }
            expect("waiver \(id)", waiver?.state.rawValue, state.rawValue, because: waiver?.reason ?? "")
        }
        return mistakes
    }

    private static func edgeMistakes(
        in assessment: Assessment, _ relation: ControlEdge.Relation, _ verb: String,
        _ wanted: [String: Set<ControlName>]
    ) -> [String] {
        wanted.sorted { $0.key < $1.key }.compactMap { rule, controls in
            let found = broken(by: rule, relation, in: assessment)
            guard found != controls else { return nil }
            let missing = controls.subtracting(found).map { "not \($0.control)" }.sorted()
            let strange = found.subtracting(controls).map { "also \($0.control)" }.sorted()
            return "rule \(rule) \(verb) \(Phrase.list(strange + missing))"
        }
    }

    /// The controls that `rule` counts against in `assessment`.
    static func broken(
        by rule: String, _ relation: ControlEdge.Relation, in assessment: Assessment
    ) -> Set<ControlName> {
        let counting = assessment.controls.filter { control in
            control.contributions.contains {
                $0.rule == rule && $0.relation == relation && ($0.status == .fail || $0.status == .warn)
            }
        }
        return Set(counting.map { ControlName(framework: $0.framework, control: $0.id) })
    }
}
