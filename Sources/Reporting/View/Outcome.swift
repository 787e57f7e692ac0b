internal import Model

/// What came out, to be looked up.
struct Outcome {
    private let rules: [String: RuleRow]
    private let controls: [ControlResult]
    /// The position of each control, by framework and id.
    private let positions: [String: [String: Int]]

    init(rules: [RuleRow], controls: [ControlResult]) {
        self.rules = Dictionary(rules.map { ($0.key, $0) }) { first, _ in first }
        self.controls = controls
        positions = Dictionary(grouping: controls.indices) { controls[$0].framework }.mapValues { own in
            Dictionary(own.map { (controls[$0].id, $0) }) { first, _ in first }
        }
    }

    func rule(_ id: String) -> RuleRow? { rules[id] }

    func result(for control: String, in framework: String) -> ControlResult? {
        positions[framework]?[control].map { controls[$0] }
    }
}
