import Evaluation
package import Model

/// What one policy says otherwise than another: of its rules, and of stored evidence.
package enum PolicyDifference {
    /// A line for each difference, and whether there is none.
    package static func lines(
        from old: String, to new: String, over evidence: [StoredEvidence], asOf: Instant
    ) throws(AuditError) -> (lines: [String], isNone: Bool) {
        let before = try PolicySources.policy(PolicySelection(paths: [old])).policy
        let after = try PolicySources.policy(PolicySelection(paths: [new])).policy
        var lines = ruleLines(before, after)
        for document in evidence {
            let facts = try document.read()
            lines += lineList(
                document.place, Evaluator.assess(facts, against: before, asOf: asOf),
                Evaluator.assess(facts, against: after, asOf: asOf))
        }
        return (lines, lines.isEmpty)
    }

    private static func ruleLines(_ before: Policy, _ after: Policy) -> [String] {
        let old = Dictionary(uniqueKeysWithValues: before.rules.map { ($0.id, $0) })
        let new = Dictionary(uniqueKeysWithValues: after.rules.map { ($0.id, $0) })
        return Set(old.keys).union(new.keys).sorted().flatMap { id -> [String] in
            switch (old[id], new[id]) {
            case (let rule?, nil): ["- \(id)  \(rule.effect.rawValue) \(rule.severity.rawValue)"]
            case (nil, let rule?): ["+ \(id)  \(rule.effect.rawValue) \(rule.severity.rawValue)"]
            case (let before?, let after?): changes(before, after).map { "~ \(id)  \($0)" }
            case (nil, nil): []
            }
        }
    }

    private static func changes(_ old: Rule, _ new: Rule) -> [String] {
        var changes: [String] = []
        if old.effect != new.effect { changes.append("effect \(old.effect) → \(new.effect)") }
        if old.severity != new.severity { changes.append("severity \(old.severity) → \(new.severity)") }
        if old.atMost != new.atMost { changes.append("at most \(old.atMost) → \(new.atMost)") }
        if old.requires != new.requires || old.detectors != new.detectors {
            changes.append("needs other evidence")
        }
        if old.appliesTo != new.appliesTo { changes.append("is about other images") }
        if old.subject != new.subject || old.matcher != new.matcher {
            changes.append("is broken by other things: \(new.matcher.words)")
        }
        if Set(old.controls) != Set(new.controls) { changes.append("speaks otherwise of controls") }
        return changes
    }

    private static func lineList(_ place: String, _ before: Assessment, _ after: Assessment) -> [String] {
        var lines: [String] = []
        func note(_ what: String, _ old: Status?, _ new: Status?) {
            guard old != new else { return }
            lines.append(
                "\(place): \(what)  \(old?.rawValue ?? "no such rule") → \(new?.rawValue ?? "no such rule")")
        }
        note("image", before.status, after.status)
        let old = Dictionary(uniqueKeysWithValues: before.rules.map { ($0.id, $0.status) })
        let new = Dictionary(uniqueKeysWithValues: after.rules.map { ($0.id, $0.status) })
        for id in Set(old.keys).union(new.keys).sorted() { note(id, old[id], new[id]) }
        for (control, changed) in zip(before.controls, after.controls) where control.id == changed.id {
            note(control.id, control.status, changed.status)
        }
        return lines
    }
}
