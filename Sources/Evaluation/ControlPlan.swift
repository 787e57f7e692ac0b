internal import Model

/// A control, and which rules of a policy speak to it: put in order once, whatever evidence is held against them.
///
/// A class because each image goes through all of them, and copying a control is dearer than most results.
final class ControlPlan: Sendable {
    private let control: Control
    private let framework: Framework
    /// In order of the rules' ids; each rule by its position in the policy too.
    private let edges: [Edge]

    private typealias Edge = (position: Int, rule: String, edge: ControlEdge)

    private init(control: Control, framework: Framework, edges: [Edge]) {
        self.control = control
        self.framework = framework
        self.edges = edges
    }

    /// The controls of all frameworks of `policy`, in the order of reports.
    static func plans(for policy: Policy) -> [ControlPlan] {
        var edges: [ControlName: [Edge]] = [:]
        for (position, rule) in policy.rules.enumerated() {
            for edge in rule.controls {
                let name = ControlName(framework: edge.framework, control: edge.control)
                edges[name, default: []].append((position, rule.id, edge))
            }
        }
        return policy.frameworks.sorted { $0.id < $1.id }.flatMap { framework in
            framework.controls.map { control in
                let name = ControlName(framework: framework.id, control: control.id)
                return ControlPlan(
                    control: control, framework: framework,
                    edges: edges[name, default: []].sorted { order(of: $0) < order(of: $1) })
            }
        }
    }

    private static func order(of edge: Edge) -> (String, String, String) {
        (edge.rule, edge.edge.relation.rawValue, edge.edge.rationale)
    }

    /// What the control is, given the results of the policy's rules; those that were left out have none.
    func result(of rules: [RuleResult?]) -> ControlResult {
        ControlResult(
            control, of: framework,
            contributions: edges.compactMap { position, rule, edge in
                rules[position].map {
                    .init(
                        rule: rule, relation: edge.relation, status: $0.status, rationale: edge.rationale)
                }
            })
    }
}
