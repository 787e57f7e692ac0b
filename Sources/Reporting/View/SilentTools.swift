internal import Model

/// Tools that looked for the like of a finding in its place, and report nothing there.
struct SilentTools {
    private var tools: [String: Set<String>] = [:]
    private var classes: [String: EvidenceClass] = [:]

    init(_ contradictions: [Contradiction]) {
        for contradiction in contradictions where contradiction.matter == .presence {
            let silent = contradiction.sides.filter { $0.says == Contradiction.notReported }.flatMap(\.tools)
            for finding in contradiction.findings {
                tools[finding, default: []].formUnion(silent)
                classes[finding] = contradiction.evidence
            }
        }
    }

    /// A row on who reports none of `findings`, or only some of them; nil where there is nobody.
    func row(_ findings: ArraySlice<Finding>) -> (name: SafeText, value: SafeText)? {
        guard !classes.isEmpty else { return nil }
        var counts: [String: Int] = [:]
        for finding in findings { for tool in tools[finding.id] ?? [] { counts[tool, default: 0] += 1 } }
        guard let wanted = findings.lazy.compactMap({ classes[$0.id] }).first else { return nil }
        let texts = counts.sorted { $0.key < $1.key }.prefix(Self.shown).map { tool, count -> SafeText in
            let places: SafeText =
                count < findings.count ? ", in \(count) of \(findings.count, "place")" : .empty
            return "\(.cleaning(tool, limit: 120)) (completed, looked for \(.word(wanted)))\(places)"
        }
        return (name: "not reported by", value: .joined(texts, by: "; "))
    }

    private static let shown = 20
}
