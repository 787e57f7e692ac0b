import Model
import YAMLDocuments

/// Makes one policy of its documents and of the policies that it extends.
struct PolicyAssembly {
    /// A document's share of a policy, and which document that is.
    typealias Entry = (document: Int, part: PolicyForm.Part)

    private let parts: [Entry]
    private(set) var tailoring: [Tailoring] = []
    /// Whether a policy extends one that is not there: what it would have brought, nobody knows.
    private(set) var isPartial = false

    init(_ parts: [Entry]) { self.parts = parts }

    /// The ids of the policies that no other extends.
    var targets: [String] {
        let extended = Set(parts.flatMap { entry in entry.part.extends.map(\.value) })
        var seen: Set<String> = []
        return parts.map(\.part.id.value).filter { !extended.contains($0) && seen.insert($0).inserted }
    }

    /// The rules of the policy called `id`, with those it inherits as it has them; what is wrong goes to `readings`.
    mutating func rules(of id: String, _ readings: inout [Reading]) -> [Rule] {
        rules(of: id, inside: [], &readings).sorted { $0.id < $1.id }
    }

    /// The limits that the policy itself sets, else those of the first that it extends and that sets any.
    func waiverLimits(of id: String) -> WaiverLimits {
        var waiting = [id]
        var seen: Set<String> = []
        while !waiting.isEmpty {
            let next = waiting.removeFirst()
            guard seen.insert(next).inserted else { continue }
            let own = parts.filter { $0.part.id.value == next }
            if let limits = own.lazy.compactMap(\.part.waiverLimits).first { return limits.value }
            waiting += own.flatMap { entry in entry.part.extends.map(\.value) }
        }
        return .usual
    }

    private mutating func rules(
        of id: String, inside chain: [String], _ readings: inout [Reading]
    ) -> [Rule] {
        let own = parts.filter { $0.part.id.value == id }
        var inherited: [String: Rule] = [:]
        var seen: Set<String> = []
        for (document, part) in own {
            for parent in part.extends {
                guard !(chain + [id]).contains(parent.value) else {
                    readings[document].report(
                        .cycle, at: parent.mark,
                        "the policy \(DisplayText.quoted(id)) extends itself through \(DisplayText.quoted(parent.value))"
                    )
                    continue
                }
                guard parts.contains(where: { $0.part.id.value == parent.value }) else {
                    isPartial = true
                    let names = Set(parts.map(\.part.id.value)).subtracting([id]).sorted()
                    readings[document].report(
                        .unknownReference, at: parent.mark,
                        "there is no policy \(DisplayText.quoted(parent.value)) among those given and built in",
                        suggestion: Suggestion.nearest(to: parent.value, among: names))
                    continue
                }
                guard seen.insert(parent.value).inserted else { continue }
                for rule in rules(of: parent.value, inside: chain + [id], &readings) {
                    inherited[rule.id] = rule
                }
            }
        }
        for (document, part) in own {
            apply(part, of: document, to: &inherited, &readings)
        }
        return inherited.values + own.flatMap(\.part.rules)
    }

    private mutating func apply(
        _ part: PolicyForm.Part, of document: Int, to rules: inout [String: Rule],
        _ readings: inout [Reading]
    ) {
        func isInherited(_ rule: Located<String>) -> Bool {
            guard rules[rule.value] == nil else { return true }
            // Of a rule that nobody has, or that a policy brings which is not there, enough is said.
            guard !isPartial, parts.contains(where: { $0.part.rules.contains { $0.id == rule.value } }) else {
                return false
            }
            readings[document].report(
                .contradiction, at: rule.mark,
                "\(DisplayText.quoted(rule.value)) is no rule of the policies that this one extends, or is disabled"
            )
            return false
        }
        for disabling in part.disabled where isInherited(disabling.rule) {
            rules[disabling.rule.value] = nil
            note(disabling.rule, "disabled", disabling.reason, readings[document])
        }
        for override in part.overrides where isInherited(override.rule) {
            guard let rule = rules[override.rule.value] else { continue }
            let changed = rule.overridden(by: override)
            rules[rule.id] = changed
            for change in changed.changes(from: rule) {
                note(override.rule, change, override.reason, readings[document])
            }
        }
        for setting in part.settings {
            let parameter = parts.lazy.flatMap(\.part.parameters).first {
                $0.name == setting.parameter.value
            }
            guard let parameter else { continue }
            guard parameter.bounds.contains(setting.value.value) else {
                readings[document].report(
                    .malformed, at: setting.value.mark,
                    "\"value\" is \(setting.value.value), and \(parameter.name) must be between "
                        + "\(parameter.bounds.lowerBound) and \(parameter.bounds.upperBound)")
                continue
            }
            note(
                setting.parameter, "\(parameter.usual) → \(setting.value.value)", setting.reason,
                readings[document])
        }
    }

    private mutating func note(
        _ subject: Located<String>, _ change: String, _ reason: String, _ reading: Reading
    ) {
        let entry = Tailoring(
            subject: subject.value, change: change, reason: reason, source: reading.place(subject.mark))
        if !tailoring.contains(entry) { tailoring.append(entry) }
    }
}

extension Rule {
    fileprivate func overridden(by override: TailoringForm.Override) -> Rule {
        var rule = self
        rule.appliesTo = override.appliesTo ?? appliesTo
        rule.atMost = override.atMost ?? atMost
        rule.effect = override.effect ?? effect
        rule.severity = override.severity ?? severity
        rule.remediation = override.remediation ?? remediation
        return rule
    }

    /// What is different, in words.
    fileprivate func changes(from old: Rule) -> [String] {
        var changes: [String] = []
        if severity != old.severity { changes.append("severity \(old.severity) → \(severity)") }
        if effect != old.effect { changes.append("effect \(old.effect) → \(effect)") }
        if atMost != old.atMost { changes.append("at most \(old.atMost) → \(atMost)") }
        if appliesTo != old.appliesTo { changes.append("is about other images") }
        if remediation != old.remediation { changes.append("another remediation") }
        return changes
    }
}
