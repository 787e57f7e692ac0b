package import Model

/// Holds rules against their own examples and counterexamples, and against what the engines can bear.
package enum DetectorCheck {
    /// What is wrong with a rule.
    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        package let rule: String
        /// Where the rule is written.
        package let source: String
        package let message: String

        package var description: String { "\(source): rule \(rule): \(message)" }
    }

    /// Everything that is wrong with `rules`, in their order; empty where nothing is.
    package static func problems(with rules: [DetectorRule]) throws(DetectionError) -> [Problem] {
        var problems = duplicates(in: rules)
        var usable: [DetectorRule] = []
        var seen: Set<String> = []
        for rule in rules {
            do {
                try check(rule)
                if seen.insert(rule.id).inserted { usable.append(rule) }
            } catch {
                let reason = error.underlying.map { "\(error.reason): \($0)" } ?? error.reason
                problems.append(Problem(rule: rule.id, source: rule.source, message: reason))
            }
        }
        let scanner = try DetectorSet.compile(usable, key: FingerprintKey(bytes: [])).makeScanner()
        for rule in usable { problems += unmet(rule, scanner) }
        return problems
    }

    /// Why one of the two engines does not take the rule; nil where both do, as far as reading it shows.
    package static func refusal(of rule: DetectorRule) -> String? {
        do throws(DetectionError) {
            try ConfirmingRule.check(rule)
        } catch {
            return error.underlying.map { "\(error.reason): \($0)" } ?? error.reason
        }
        guard rule.isProposed else { return nil }
        return PatternDatabase.refusal(of: rule.prefilter ?? rule.pattern).map {
            "pattern not accepted by Vectorscan: \($0)"
        }
    }

    /// Throws where one of the two engines refuses one of the rule's patterns.
    private static func check(_ rule: DetectorRule) throws(DetectionError) {
        try ConfirmingRule.check(rule)
        for pattern in rule.patterns {
            guard let count = try BacktrackCheck.excess(pattern) else { continue }
            throw DetectionError(
                code: .patternInvalid, place: ConfirmingRule.place(of: rule),
                reason:
                    "pattern backtracks without bound: \(count) bytes made from it are too much, of \(pattern)"
            )
        }
        guard rule.isProposed else { return }
        _ = try PatternDatabase.compile([ProposingPattern(rule)])
    }

    /// What slows the search down or leaves something untried, without being wrong.
    package static func warnings(about rules: [DetectorRule]) -> [Problem] {
        rules.compactMap { rule in
            guard rule.isProposed,
                let count = PatternParser.parse(rule.prefilter ?? rule.pattern)?.literals,
                count < Self.fewestLiterals
            else { return nil }
            return Problem(
                rule: rule.id, source: rule.source,
                message:
                    "every match has \(count) literal characters in a row for certain, and the search is slow "
                    + "with fewer than \(Self.fewestLiterals): give it a prefilter, or paths")
        }
    }

    private static let fewestLiterals = 3

    private static func duplicates(in rules: [DetectorRule]) -> [Problem] {
        var first: [String: String] = [:]
        return rules.compactMap { rule in
            guard let other = first[rule.id] else {
                first[rule.id] = rule.source
                return nil
            }
            return Problem(rule: rule.id, source: rule.source, message: "id already used at \(other)")
        }
    }

    private static func unmet(_ rule: DetectorRule, _ scanner: ImageScanner) -> [Problem] {
        let missed = rule.examples.indices.filter { index in
            !finds(
                rule, in: ExampleText.expand(rule.examples[index], seed: "\(rule.id)/example/\(index)"),
                scanner)
        }
        let mistaken = rule.counterexamples.indices.filter { index in
            let seed = "\(rule.id)/counterexample/\(index)"
            return finds(rule, in: ExampleText.expand(rule.counterexamples[index], seed: seed), scanner)
        }
        return missed.map {
            Problem(
                rule: rule.id, source: rule.source,
                message: "example \($0 + 1) is not found: \(rule.examples[$0])")
        }
            + mistaken.map {
                Problem(
                    rule: rule.id, source: rule.source,
                    message: "counterexample \($0 + 1) is found: \(rule.counterexamples[$0])")
            }
    }

    /// Whether the rule finds its secret in `text`, put where the rule looks.
    private static func finds(_ rule: DetectorRule, in text: String, _ scanner: ImageScanner) -> Bool {
        let text = Array(text.utf8)
        var log = SightingLog()
        if let field = rule.fields.first {
            log = scanner.search(text.span, asField: sample(of: field))
        } else {
            let path = EntryPath(rule.paths.first.map(sample) ?? "example")
            log = scanner.searchFile(text.span, path: path)
        }
        return log.drafts.contains { draft in
            guard case .finding(let finding) = draft.sighting else { return false }
            return finding.rule == rule.id
        }
    }

    /// Text that fits `glob`.
    private static func sample(of glob: Glob) -> String {
        glob.pattern.replacing("**/", with: "x/").replacing("**", with: "x").replacing("*", with: "x")
            .replacing("?", with: "x")
    }
}
