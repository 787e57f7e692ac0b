import Model
import YAMLDocuments

extension Values {
    /// A mapping from names to `value`; what a name means, and whether there is such a thing, is for `key` to say.
    static func table<Name: Hashable & Sendable, Value>(
        of value: ValueForm<Value>,
        key: @escaping @Sendable (String, YAMLMark, inout Reading) -> Name?
    ) -> ValueForm<[Name: Value]> {
        ValueForm(shape: .table(of: value.shape)) { node, reading in
            guard case .mapping(let pairs) = node.content else {
                reading.reportValue(.notMapping, at: node.mark, "must be a mapping, and is \(node.summary)")
                return nil
            }
            var table: [Name: Value] = [:]
            for pair in pairs {
                let name = key(pair.key, pair.keyMark, &reading)
                let read = reading.reading(DisplayText.quoted(pair.key)) { value.read(pair.value, &$0) }
                guard let name, let read else { continue }
                if table.updateValue(read, forKey: name) != nil {
                    reading.report(
                        .duplicate, at: pair.keyMark,
                        "\(DisplayText.quoted(pair.key)) stands here a second time, under another name")
                }
            }
            return table
        }
    }

    /// A mapping from names of things that are described elsewhere.
    static func table<Value>(
        of value: ValueForm<Value>, by space: NameSpace
    ) -> ValueForm<[String: Value]> {
        table(of: value) { name, mark, reading in
            reading.refer(to: name, space, at: mark)
            return name
        }
    }

    /// A mapping from controls, by their ids or aliases.
    static func tableByControl<Value>(of value: ValueForm<Value>) -> ValueForm<[ControlName: Value]> {
        table(of: value) { name, mark, reading in control(name, at: mark, &reading) }
    }

    /// A date, with or without a time.
    static let date = ValueForm<Instant>(shape: .text(pattern: nil)) { node, reading in
        guard case .scalar(let text, _) = node.content else {
            reading.reportValue(.wrongType, at: node.mark, "must be a date, and is \(node.summary)")
            return nil
        }
        guard let instant = Instant(text) else {
            reading.reportValue(
                .malformed, at: node.mark, "is \(DisplayText.quoted(text)) and must be a date: 2027-12-31")
            return nil
        }
        return instant
    }
}
