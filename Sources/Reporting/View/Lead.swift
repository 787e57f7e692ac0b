internal import Model

extension Report {
    /// What was found, as one would tell it: the sentence below the verdict.
    package var lead: SafeText {
        let outcome =
            image.otherKind.map { "This is a \($0) and no image. \(rulesSentence)" } ?? rulesSentence
        guard let found = findingsSentence else { return "\(outcome)." }
        let more = [hiddenSentence, inheritedSentence].compactMap(\.self)
        return "\(outcome): \(.joined([found] + more, by: "; "))."
    }

    /// `13 of 59 rules are broken`, `3 of 59 rules could not be judged and 13 are broken`, `All 59 rules are met`.
    private var rulesSentence: SafeText {
        let counts: [(Status, SafeText, SafeText)] = [
            (.error, "could not be judged", "could not be judged"),
            (.fail, "is broken", "are broken"),
            (.warn, "calls for a look", "call for a look"),
            (.waived, "is broken with the risk accepted", "are broken with the risk accepted"),
        ]
        var parts: [SafeText] = []
        for (status, one, many) in counts {
            let count = rules.count { rule in
                rule.status == status || (status == .error && rule.status == .notAssessed)
            }
            guard count > 0 else { continue }
            let verb = count == 1 ? one : many
            let amount: SafeText = parts.isEmpty ? "\(count) of \(rules.count, "rule")" : "\(count)"
            parts.append("\(amount) \(verb)")
        }
        guard parts.isEmpty else { return .list(parts) }
        let met = rules.count { $0.status == .pass }
        if rules.isEmpty { return "The policy has no rules" }
        return met == rules.count
            ? "All \(rules.count, "rule") are met" : "\(met) of \(rules.count, "rule") are met"
    }

    /// `8 critical and 6 high findings in 7 layers and the metadata`; nil where nothing was found.
    private var findingsSentence: SafeText? {
        let counts = severities
        guard let total = counts.map(\.count).reduce(nil, { ($0 ?? 0) + $1 }) else { return nil }
        let amounts = counts.map { "\(.grouped($0.count)) \(.word($0.severity))" as SafeText }
        let noun: SafeText = total == 1 ? "finding" : "findings"
        let placements = subjects.lazy.filter(\.isFinding).flatMap(\.placements)
        let places = Set(placements.map(\.site)).names.map { SafeText.cleaning($0) }
        return "\(.list(amounts)) \(noun) in \(.list(places))"
    }

    /// `11 are no longer visible in a container but still in the image`; nil where none is hidden.
    private var hiddenSentence: SafeText? {
        let hidden = subjects.count { subject in
            subject.isFinding
                && subject.placements.allSatisfy {
                    $0.persistence == .deleted || $0.persistence == .overwritten
                }
        }
        guard hidden > 0 else { return nil }
        let verb: SafeText = hidden == 1 ? "is" : "are"
        return "\(.grouped(hidden)) \(verb) no longer visible in a container but still in the image"
    }
}

extension Report {
    /// `2 come from debian:12`; nil where none does.
    private var inheritedSentence: SafeText? {
        let inherited = subjects.count { subject in
            subject.isFinding && subject.placements.contains { $0.origin == .base }
        }
        guard inherited > 0 else { return nil }
        let verb: SafeText = inherited == 1 ? "comes" : "come"
        return "\(.grouped(inherited)) \(verb) from \(image.base?.name ?? "the base image")"
    }
}

extension SafeText {
    /// `a`, `a and b`, `a, b and c`.
    fileprivate static func list(_ parts: [SafeText]) -> SafeText {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? .empty }
        return "\(.joined(parts.dropLast(), by: ", ")) and \(last)"
    }
}
