import Model
import YAMLDocuments

extension Values {
    /// A control of the loaded frameworks, by its id or an alias.
    static let control = ValueForm<ControlName>(shape: .text(pattern: nil)) { node, reading in
        text.read(node, &reading).flatMap { control($0, at: node.mark, &reading) }
    }

    /// The control that is `written` at `mark`.
    static func control(_ written: String, at mark: YAMLMark, _ reading: inout Reading) -> ControlName? {
        let name = DisplayText.quoted(written)
        switch reading.controls.resolve(written) {
        case .control(let reference):
            return reference
        case .undecidable:
            return nil
        case .unknown(let nearest):
            reading.report(
                .unknownControl, at: mark, "no loaded framework has a control \(name)",
                suggestion: nearest)
        case .ambiguous(let frameworks):
            let spellings = frameworks.map { "\($0)/\(written)" }
            reading.report(
                .ambiguousControl, at: mark,
                "several frameworks have a control \(name): write \(DisplayText.list(spellings))")
        case .withdrawn(let framework, let successors, let note):
            let after =
                successors.isEmpty ? "nothing took its place" : "use \(DisplayText.list(successors)) instead"
            reading.report(
                .withdrawnControl, at: mark,
                "the control \(name) is withdrawn from \(framework), \(after)"
                    + (note.map { ": \($0)" } ?? ""),
                suggestion: successors.count == 1 ? successors.first.map(DisplayText.quoted) : nil)
        }
        return nil
    }
}
