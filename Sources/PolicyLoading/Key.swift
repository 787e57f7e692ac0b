import YAMLDocuments

/// One line of a mapping's table: a key, what it holds, whether it must be there, and what it means.
struct Key<Value>: Sendable {
    let shape: KeyShape
    /// Reads what stands under the key, nil where nothing does; gives nil where there is no value, after a diagnostic.
    let read: @Sendable (YAMLNode?, inout Reading) -> Value?

    var name: String { shape.name }
}

/// A key that must be there.
func required<Value>(_ name: String, _ form: ValueForm<Value>, _ summary: String) -> Key<Value> {
    Key(shape: KeyShape(name: name, value: form.shape, isRequired: true, summary: summary)) { node, reading in
        guard let node else { return nil }
        return reading.reading("\"\(name)\"") { form.read(node, &$0) }
    }
}

/// A key that may be left out, which then means nil.
func optional<Value>(_ name: String, _ form: ValueForm<Value>, _ summary: String) -> Key<Value?> {
    Key(shape: KeyShape(name: name, value: form.shape, isRequired: false, summary: summary)) {
        node, reading in
        guard let node else { return .some(nil) }
        return reading.reading("\"\(name)\"") { form.read(node, &$0) }.map(Optional.some)
    }
}
