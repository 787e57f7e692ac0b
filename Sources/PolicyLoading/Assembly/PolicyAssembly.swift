import Model
import YAMLDocuments

/// Makes one policy of its documents and of the policies that it extends.
struct PolicyAssembly {
    /// A document's share of a policy, and which document that is.
    typealias Entry = (document: Int, part: PolicyForm.Part)

    private let parts: [Entry]
    /// Ids of policies that are not among the parts and could be.
    private let available: [String]
    private(set) var tailoring: [Tailoring] = []
    /// Whether a policy, or one that another extends, is not there: what it would have brought, nobody knows.
    let isPartial: Bool
    private let unread: UnreadPolicies
    private var visited: Set<String> = []

    init(_ parts: [Entry], without unread: UnreadPolicies, available: [String]) {
        self.parts = parts
        self.unread = unread
        self.available = available
        isPartial = unread.isLacking || !Self.isWhole(parts)
    }

    /// Whether all that the policies extend is there.
    static func isWhole(_ parts: [Entry]) -> Bool {
        let ids = Set(parts.map(\.part.id.value))
        return parts.allSatisfy { entry in entry.part.extends.allSatisfy { ids.contains($0.value) } }
    }

    /// The ids of the policies that no other extends, in order; of policies that all stand in circles the first.
    var targets: [String] {
        let extended = Set(parts.flatMap { entry in entry.part.extends.map(\.value) })
        let ids = Set(parts.map(\.part.id.value)).sorted()
        let free = ids.filter { !extended.contains($0) }
        return free.isEmpty ? Array(ids.prefix(1)) : free
    }

    /// The rules of the policy called `id`, with those it inherits as it has them; what is wrong goes to `readings`.
    ///
    /// Every policy that it extends, itself or through others, comes in once, before those that extend it: what one of them
    /// changes stays changed, whichever other brings the same rules.
    mutating func rules(of id: String, _ readings: inout [Reading]) -> [Rule] {
        var order: [String] = []
        visit(id, inside: [], &order, &readings)
        var rules: [String: Rule] = [:]
        reportDisputed(among: order, &readings)
        for policy in order {
            let own = parts.filter { $0.part.id.value == policy }
            reportRepeated(in: own, &readings)
            for (document, part) in own { apply(part, of: document, to: &rules, &readings) }
            for rule in own.flatMap(\.part.rules) { rules[rule.id] = rule }
        }
        return rules.values.sorted { $0.id < $1.id }
    }

    /// Reports what several documents of one policy tailor: which of them counts would follow from where they lie.
    private func reportRepeated(in own: [Entry], _ readings: inout [Reading]) {
        var seen: [String: (document: Int, mark: YAMLMark)] = [:]
        for (document, part) in own {
            let subjects =
                (part.disabled.map(\.rule) + part.overrides.map(\.rule)).map { ("the rule", $0) }
                + part.settings.map { ("the parameter", $0.parameter) }
            for (sort, subject) in subjects {
                let key = "\(sort) \(subject.value)"
                guard let first = seen[key] else {
                    seen[key] = (document, subject.mark)
                    continue
                }
                readings[document].report(
                    .duplicate, at: subject.mark,
                    "\(sort) \(DisplayText.quoted(subject.value)) is tailored a second time, first at "
                        + readings[first.document].place(first.mark))
            }
        }
    }

    /// Reports parameters to which two policies give different values, where none that extends both says which counts.
    private func reportDisputed(among order: [String], _ readings: inout [Reading]) {
        typealias Setting = (policy: String, document: Int, value: Located<Int>)
        let all = order.flatMap { id in
            parts.filter { $0.part.id.value == id }.flatMap { document, part in
                part.settings.map { ($0.parameter.value, (id, document, $0.value) as Setting) }
            }
        }
        let extended = Dictionary(uniqueKeysWithValues: order.map { ($0, ancestors(of: $0)) })
        func isOver(_ upper: Setting, _ lower: Setting) -> Bool {
            extended[upper.policy]?.contains(lower.policy) ?? false
        }
        for (parameter, entries) in Dictionary(grouping: all, by: \.0).sorted(by: { $0.key < $1.key }) {
            let settings = entries.map(\.1)
            let last = settings.filter { setting in !settings.contains { isOver($0, setting) } }
            guard let first = last.first else { continue }
            // What one policy gives twice is told as that.
            for other in last.dropFirst()
            where other.policy != first.policy && other.value.value != first.value.value {
                readings[other.document].report(
                    .contradiction, at: other.value.mark,
                    "the parameter \(DisplayText.quoted(parameter)) is \(first.value.value) in the policy "
                        + "\(DisplayText.quoted(first.policy)) and \(other.value.value) in "
                        + "\(DisplayText.quoted(other.policy)), and neither extends the other: "
                        + "set it in the one that extends both")
            }
        }
    }

    /// The policies that the one called `id` extends, itself or through others.
    private func ancestors(of id: String) -> Set<String> {
        var found: Set<String> = []
        var waiting = [id]
        while let next = waiting.popLast() {
            let parents = parts.filter { $0.part.id.value == next }.flatMap { $0.part.extends.map(\.value) }
            waiting += parents.filter { found.insert($0).inserted }
        }
        return found
    }

    /// Reports the circles that policies stand in which no target reaches: nobody would miss their rules.
    mutating func reportUnreached(_ readings: inout [Reading]) {
        for id in Set(parts.map(\.part.id.value)).subtracting(visited).sorted() where !visited.contains(id) {
            var order: [String] = []
            visit(id, inside: [], &order, &readings)
        }
    }

    /// Adds `id` to the order, behind all that it extends.
    private mutating func visit(
        _ id: String, inside chain: [String], _ order: inout [String], _ readings: inout [Reading]
    ) {
        visited.insert(id)
        for (document, part) in parts where part.id.value == id {
            for parent in part.extends {
                guard !(chain + [id]).contains(parent.value) else {
                    readings[document].report(
                        .cycle, at: parent.mark,
                        "the policy \(DisplayText.quoted(id)) extends itself through \(DisplayText.quoted(parent.value))"
                    )
                    continue
                }
                guard parts.contains(where: { $0.part.id.value == parent.value }) else {
                    if unread.mayHold(parent.value) { continue }
                    let names = Set(parts.map(\.part.id.value) + available).subtracting([id]).sorted()
                    readings[document].report(
                        .unknownReference, at: parent.mark,
                        "there is no policy \(DisplayText.quoted(parent.value)) among those given and built in",
                        suggestion: Suggestion.nearest(to: parent.value, among: names))
                    continue
                }
                guard !order.contains(parent.value) else { continue }
                visit(parent.value, inside: chain + [id], &order, &readings)
            }
        }
        order.append(id)
    }

    /// The limits that the policy itself sets, else those of the first that it extends and that sets any.
    mutating func waiverLimits(of id: String, _ readings: inout [Reading]) -> WaiverLimits {
        let own = parts.filter { $0.part.id.value == id }
        let stated = own.filter { $0.part.waiverLimits != nil }
        for (document, part) in stated.dropFirst() {
            readings[document].report(
                .duplicate, at: part.waiverLimits?.mark ?? part.id.mark,
                "the policy \(DisplayText.quoted(id)) has limits for waivers in another document as well")
        }
        let inherited = inheritedLimits(of: own)
        guard let (document, part) = stated.first, let limits = part.waiverLimits else {
            return inherited ?? .usual
        }
        if let inherited, inherited != limits.value {
            let name = Located(value: "waivers", mark: limits.mark)
            note(name, limits.value.words(after: inherited), "its own limits", readings[document])
        }
        return limits.value
    }

    private func inheritedLimits(of own: [Entry]) -> WaiverLimits? {
        var waiting = own.flatMap { entry in entry.part.extends.map(\.value) }
        var seen: Set<String> = []
        while !waiting.isEmpty {
            let next = waiting.removeFirst()
            guard seen.insert(next).inserted else { continue }
            let parents = parts.filter { $0.part.id.value == next }
            if let limits = parents.lazy.compactMap(\.part.waiverLimits).first { return limits.value }
            waiting += parents.flatMap { entry in entry.part.extends.map(\.value) }
        }
        return nil
    }

    private mutating func apply(
        _ part: PolicyForm.Part, of document: Int, to rules: inout [String: Rule],
        _ readings: inout [Reading]
    ) {
        let tailored = parts.filter { $0.part.id.value == part.id.value }.flatMap { entry in
            (entry.part.disabled.map(\.rule) + entry.part.overrides.map(\.rule)).map(\.value)
        }
        func isInherited(_ rule: Located<String>) -> Bool {
            guard rules[rule.value] == nil else { return true }
            // What is tailored twice is told as that.
            guard tailored.count(where: { $0 == rule.value }) == 1 else { return false }
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
}
