import Model

/// How the rules of a policy speak to the controls of a framework: each control is in one group.
struct FrameworkCoverage {
    /// What the controls of a group have in common, in words, and their ids in the framework's order.
    let groups: [(words: String, controls: [String])]

    init(_ framework: Framework, of policy: Policy) {
        let edges = policy.rules.flatMap(\.controls).filter { $0.framework == framework.id }
        let direct = Set(edges.filter { $0.relation == .direct }.map(\.control))
        let named = Set(edges.map(\.control))
        func controls(_ isIn: (Control) -> Bool) -> [String] { framework.controls.filter(isIn).map(\.id) }
        groups = [
            ("spoken to directly", controls { direct.contains($0.id) }),
            ("by indicator", controls { named.contains($0.id) && !direct.contains($0.id) }),
            ("not at all", controls { !named.contains($0.id) && $0.reach != .none }),
            ("that no image can speak to", controls { !named.contains($0.id) && $0.reach == .none }),
        ]
    }
}
