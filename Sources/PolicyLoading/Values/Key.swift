import YAMLDocuments

/// One line of a mapping's table: a key, what it holds, whether it must be there, and what it means.
struct Key<Value>: Sendable {
    let shape: KeyShape
    /// Reads what stands under the key in a mapping; gives nil where there is no value, after a diagnostic.
    let read: @Sendable (YAMLNode, inout Reading) -> Value?

    var name: String { shape.name }
}

/// A key that must be there.
func required<Value>(_ name: String, _ form: ValueForm<Value>, _ summary: String) -> Key<Value> {
    let quoted = "\"\(name)\""
    return Key(shape: KeyShape(name: name, value: form.shape, isRequired: true, summary: summary)) {
        mapping, reading in
        guard let node = mapping[name] else { return nil }
        return reading.reading(quoted) { form.read(node, &$0) }
    }
}

/// A key that may be left out, which then means nil.
func optional<Value>(_ name: String, _ form: ValueForm<Value>, _ summary: String) -> Key<Value?> {
    let quoted = "\"\(name)\""
    return Key(shape: KeyShape(name: name, value: form.shape, isRequired: false, summary: summary)) {
        mapping, reading in
        guard let node = mapping[name] else { return .some(nil) }
        return reading.reading(quoted) { form.read(node, &$0) }.map(Optional.some)
    }
}
