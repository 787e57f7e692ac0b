internal import Model

/// What came out, to be looked up.
struct Outcome {
    private let rules: [String: RuleRow]
    private let controls: [String: [String: ControlResult]]

    init(rules: [RuleRow], controls: [ControlResult]) {
        self.rules = Dictionary(rules.map { ($0.key, $0) }) { first, _ in first }
        self.controls = Dictionary(grouping: controls, by: \.framework).mapValues { results in
            Dictionary(results.map { ($0.id, $0) }) { first, _ in first }
        }
    }

    func rule(_ id: String) -> RuleRow? { rules[id] }

    func result(for control: String, in framework: String) -> ControlResult? { controls[framework]?[control] }
}
