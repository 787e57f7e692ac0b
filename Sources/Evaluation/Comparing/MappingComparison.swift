internal import Model

/// Holds how rules speak to controls in one audit, and what came of these, against another.
enum MappingComparison {
    private struct Edge: Hashable {
        let framework: String
        let control: String
        /// Nil for the control itself.
        let rule: String?
    }

    /// The edges that are others; of policies at hand all, else those of the rules that were judged.
    static func differences(_ before: AuditedImage, _ after: AuditedImage) -> [MappingDifference] {
        guard before.assessment.policy.digest != after.assessment.policy.digest else { return [] }
        let old: [Edge: String]
        let new: [Edge: String]
        if let policy = before.policy, let other = after.policy {
            (old, new) = (edges(policy), edges(other))
        } else {
            (old, new) = (edges(before.assessment), edges(after.assessment))
        }
        return Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
            .sorted { ($0.framework, $0.control, $0.rule ?? "") < ($1.framework, $1.control, $1.rule ?? "") }
            .map { edge in
                MappingDifference(
                    framework: edge.framework, control: edge.control, rule: edge.rule, before: old[edge],
                    after: new[edge])
            }
    }

    private static func edges(_ policy: Policy) -> [Edge: String] {
        let controls = policy.frameworks.flatMap { framework in
            framework.controls.map { control in
                (Edge(framework: framework.id, control: control.id, rule: nil), control.reach.rawValue)
            }
        }
        let rules = policy.rules.flatMap { rule in
            rule.controls.map { edge in
                (
                    Edge(framework: edge.framework, control: edge.control, rule: rule.id),
                    edge.relation.rawValue
                )
            }
        }
        return joined(controls + rules)
    }

    private static func edges(_ assessment: Assessment) -> [Edge: String] {
        joined(
            assessment.controls.flatMap { control in
                [(Edge(framework: control.framework, control: control.id, rule: nil), control.reach.rawValue)]
                    + control.contributions.map { edge in
                        (
                            Edge(framework: control.framework, control: control.id, rule: edge.rule),
                            edge.relation.rawValue
                        )
                    }
            })
    }

    /// A rule may speak to one control in two ways.
    private static func joined(_ edges: [(Edge, String)]) -> [Edge: String] {
        Dictionary(grouping: edges, by: \.0).mapValues {
            Set($0.map(\.1)).sorted().joined(separator: " and ")
        }
    }

    /// The controls that come out otherwise, in the order of their frameworks.
    static func controls(_ before: AuditedImage, _ after: AuditedImage) -> [ControlDifference] {
        func named(_ assessment: Assessment) -> [ControlName: ControlResult] {
            Dictionary(
                assessment.controls.map { (ControlName(framework: $0.framework, control: $0.id), $0) },
                uniquingKeysWith: { first, _ in first })
        }
        let (old, new) = (named(before.assessment), named(after.assessment))
        return Set(old.keys).union(new.keys)
            .sorted { ($0.framework, $0.control) < ($1.framework, $1.control) }
            .compactMap { name in
                let (was, became) = (old[name], new[name])
                guard was?.status != became?.status, let told = became ?? was else { return nil }
                return ControlDifference(
                    framework: name.framework, control: name.control, title: told.title,
                    before: was?.status, after: became?.status)
            }
    }
}
