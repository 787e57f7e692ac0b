internal import Model

/// A control, and which rules of a policy speak to it: put in order once, whatever evidence is held against them.
///
/// A class because each image goes through all of them, and copying a control is dearer than most results.
final class ControlPlan: Sendable {
    private let control: Control
    /// The framework's id.
    private let framework: String
    /// In order of the rules' ids; each rule by its position in the policy too.
    private let edges: [Edge]
    /// What comes out where no rule speaks to it, as of most.
    private let unspoken: ControlResult

    private typealias Edge = (position: Int, rule: String, edge: ControlEdge)

    private init(control: Control, framework: String, edges: [Edge]) {
        self.control = control
        self.framework = framework
        self.edges = edges
        unspoken = ControlResult(control, of: framework, contributions: [])
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
                    control: control, framework: framework.id,
                    edges: edges[name, default: []].sorted { order(of: $0) < order(of: $1) })
            }
        }
    }

    private static func order(of edge: Edge) -> (String, String, String) {
        (edge.rule, edge.edge.relation.rawValue, edge.edge.rationale)
    }

    /// What the control is, given the statuses of the policy's rules; those that were left out have none.
    func result(of rules: [Status?]) -> ControlResult {
        let contributions = edges.compactMap { position, rule, edge in
            rules[position].map {
                ControlResult.Contribution(
                    rule: rule, relation: edge.relation, status: $0, rationale: edge.rationale)
            }
        }
        return contributions.isEmpty
            ? unspoken : ControlResult(control, of: framework, contributions: contributions)
    }
}
