package import Model

/// What other tools' words mean: the user's own tables first, then those for the tool, then those for every tool.
package struct ResultMapping: Sendable {
    private let tables: [ImporterRules]
    private let given: [ImporterRules]

    /// `given` counts before `shipped`.
    package init(given: [ImporterRules], shipped: [ImporterRules]) {
        self.given = given
        let forAll = shipped.filter { $0.tools.contains(Glob("*")) }
        tables = given + shipped.filter { !$0.tools.contains(Glob("*")) } + forAll
    }

    /// Where the user's own tables are written that are about `tool`.
    package func changes(of tool: String) -> [String] { Self.tables(given, for: tool).map(\.source) }

    /// What a tool's word says of how bad something is; nil where no table has that word.
    package func rating(_ word: String, of tool: String) -> ImporterRules.Rating? {
        let word = word.lowercased()
        return tables(for: tool).lazy.flatMap(\.ratings)
            .first { rating in rating.words.contains { $0.matches(word) } }
    }

    /// What a tool's finding is, and how sure the tool is of it.
    package func kind(of finding: ImportedFinding, by tool: String) -> (
        kind: FindingKind, confidence: Confidence
    ) {
        let entry = entry(for: finding, by: tool)
        let sure = finding.confidence ?? entry?.confidence
        switch finding.sort {
        case .known(let kind): return (kind, finding.verified == true ? .high : sure ?? .high)
        case .vulnerability: return (.vulnerableComponent, sure ?? .high)
        case .misconfiguration: return (entry?.kind ?? .misconfiguration, sure ?? .high)
        case .other: return (.other, sure ?? .medium)
        case .secret:
            let kind = entry?.kind ?? .genericCredential
            let confidence = finding.verified == true ? .high : sure ?? .medium
            return (kind.isSecret ? kind : .genericCredential, confidence)
        }
    }

    /// Exit statuses by which the tool says that it did its work.
    package func exitStatuses(of tool: String) -> [Int] {
        // What several tools ended with together, none of their tables tells.
        tool.contains("+") ? [0] : tables(for: tool).lazy.compactMap(\.exitStatuses).first ?? [0]
    }

    /// Those of them by which it says that it found something.
    package func foundStatuses(of tool: String) -> [Int] {
        tool.contains("+") ? [] : tables(for: tool).lazy.compactMap(\.foundStatuses).first ?? []
    }

    private func entry(for finding: ImportedFinding, by tool: String) -> ImporterRules.Kind? {
        switch finding.sort {
        case .secret, .misconfiguration: break
        case .vulnerability, .known, .other: return nil
        }
        let names = [finding.rule.lowercased(), finding.title.lowercased()]
        let isSecret = finding.sort == .secret
        return tables(for: tool).lazy
            .filter { isSecret || !$0.tools.contains(Glob("*")) }
            .flatMap(\.kinds)
            .first { kind in kind.rules.contains { glob in names.contains { glob.matches($0) } } }
    }

    /// The tables for `tool`, and for each of those that one file is of (`hadolint+checkov`).
    private func tables(for tool: String) -> [ImporterRules] { Self.tables(tables, for: tool) }

    private static func tables(_ tables: [ImporterRules], for tool: String) -> [ImporterRules] {
        let names = tool.contains("+") ? [tool] + tool.split(separator: "+").map(String.init) : [tool]
        return tables.filter { table in table.tools.contains { glob in names.contains(where: glob.matches) } }
    }
}
