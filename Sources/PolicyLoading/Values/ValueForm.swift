import YAMLDocuments

/// How a value is written and what it is read into.
///
/// Reading gives nil where nothing useful came of it, and always after a diagnostic.
struct ValueForm<Value>: Sendable {
    let shape: ValueShape
    let read: @Sendable (YAMLNode, inout Reading) -> Value?

    /// This form, and then a check or change of what was read.
    func then<Result>(
        _ next: @escaping @Sendable (Value, YAMLNode, inout Reading) -> Result?
    ) -> ValueForm<Result> {
        ValueForm<Result>(shape: shape) { [read] node, reading in
            read(node, &reading).flatMap { next($0, node, &reading) }
        }
    }

    /// This form, and a check of the node whatever was read of it, so that one mistake hides no other.
    func checking(_ check: @escaping @Sendable (YAMLNode, inout Reading) -> Void) -> ValueForm {
        ValueForm(shape: shape) { [read] node, reading in
            let value = read(node, &reading)
            if case .mapping = node.content { check(node, &reading) }
            return value
        }
    }
}
