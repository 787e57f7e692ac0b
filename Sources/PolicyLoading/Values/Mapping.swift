import YAMLDocuments

/// A mapping's form: its table of keys, and how a value is made of what they hold.
///
/// Everything that is told of a mapping comes from this one table: which keys are unknown and what was meant, which
/// are missing, what their values must be, and the schema. All keys are read before anything is given up, so one pass
/// finds every mistake; `make` runs only where every required key could be read. It reads the keys of `others` itself.
func mapping<Value, each Part>(
    _ name: String, _ summary: String, _ keys: repeat Key<each Part>, also others: [KeyShape] = [],
    make: @escaping @Sendable (YAMLNode, inout Reading, repeat each Part) -> Value?
) -> ValueForm<Value> {
    var shapes: [KeyShape] = []
    for key in repeat each keys { shapes.append(key.shape) }
    let shape = MappingShape(name: name, summary: summary, keys: shapes + others)
    let table = (repeat each keys)
    return ValueForm(shape: .mapping(shape)) { node, reading in
        guard case .mapping(let pairs) = node.content else {
            reading.report(.notMapping, at: node.mark, "\(name) must be a mapping, and is \(node.summary)")
            return nil
        }
        reportKeys(pairs, at: node.mark, against: shape, &reading)
        let parts = reading.inside(node) { reading in
            (repeat (each table).read(node, &reading))
        }
        do throws(MissingPart) {
            return make(node, &reading, repeat try whole(each parts))
        } catch {
            return nil
        }
    }
}

/// A key without a usable value, which has been reported.
private struct MissingPart: Error {}

private func whole<Part>(_ part: Part?) throws(MissingPart) -> Part {
    guard let part else { throw MissingPart() }
    return part
}

/// Reports the keys that the table does not have, and those that it wants and that are not there.
private func reportKeys(
    _ pairs: [YAMLNode.Pair], at mark: YAMLMark, against shape: MappingShape, _ reading: inout Reading
) {
    for pair in pairs where !shape.keys.contains(where: { $0.name == pair.key }) {
        reading.report(
            .unknownKey, at: pair.keyMark, "\(shape.name) has no key \(DisplayText.quoted(pair.key))",
            suggestion: Suggestion.nearest(to: pair.key, among: shape.keys.map(\.name)))
    }
    for key in shape.keys where key.isRequired && !pairs.contains(where: { $0.key == key.name }) {
        reading.report(.missingKey, at: mark, "\(shape.name) needs the key \"\(key.name)\": \(key.summary)")
    }
}
