internal import Model

/// Who reports a subject, and where they disagree, as rows beside what else is noted of it.
enum WitnessRow {
    private static let shown = 20

    static func rows(
        _ findings: ArraySlice<Finding>, _ silent: SilentTools
    ) -> [(name: SafeText, value: SafeText)] {
        let silence = [silent.row(findings)].compactMap(\.self)
        guard findings.contains(where: { $0.witnesses != nil }) else { return silence }
        let witnesses = Set(findings.flatMap { $0.witnesses ?? [] }).sorted()
        let more = witnesses.count - shown
        let texts = witnesses.prefix(shown).map(text) + (more > 0 ? ["and \(more) more"] : [])
        var rows: [(name: SafeText, value: SafeText)] = [
            (name: "witnesses", value: .joined(texts, by: "; "))
        ]
        let disagreement = disagreement(witnesses)
        if !disagreement.isEmpty {
            rows.append((name: "disagreement", value: .joined(disagreement, by: "; ")))
        }
        return rows + silence
    }

    private static func text(_ witness: Witness) -> SafeText {
        let name: SafeText = "\(.cleaning(witness.detector, limit: 60)) \(.cleaning(witness.rule, limit: 80))"
        if witness.passed == true { return "\(name), passed" }
        var parts: [SafeText] = [
            name,
            witness.severity.map { .word($0) } ?? "severity not known",
        ]
        if let verified = witness.verified { parts.append(verified ? "it works" : "it does not work") }
        if let suppressed = witness.suppressed {
            parts.append("suppressed (\(.cleaning(suppressed, limit: 80)))")
        }
        return .joined(parts, by: ", ")
    }

    /// Where witnesses say different things of the same.
    private static func disagreement(_ witnesses: [Witness]) -> [SafeText] {
        var rows: [SafeText] = []
        func add(_ what: SafeText, _ words: [SafeText]) {
            let words = Set(words)
            if words.count > 1 { rows.append("\(what): \(.joined(words.sorted(), by: " or "))") }
        }
        add("severity", witnesses.compactMap(\.severity).map { .word($0) })
        add("kind", witnesses.map { .word($0.kind) })
        add("the check", witnesses.map { $0.passed == true ? "passed" : "failed" })
        add("whether it works", witnesses.compactMap(\.verified).map { $0 ? "yes" : "no" })
        let reporting = witnesses.filter { $0.passed != true }
        let suppressed = reporting.count { $0.suppressed != nil }
        if suppressed > 0, suppressed < reporting.count {
            rows.append("suppressed by \(suppressed) of \(reporting.count, "detector")")
        }
        return rows
    }
}
