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
}
