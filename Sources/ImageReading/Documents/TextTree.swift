internal import Model

/// All text in a JSON document, whatever its form.
enum TextTree: Decodable {
    case text(String)
    case list([TextTree])
    case object([String: TextTree])
    case other

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let values = try? container.decode([TextTree].self) {
            self = .list(values)
        } else if let values = try? container.decode([String: TextTree].self) {
            self = .object(values)
        } else {
            self = .other
        }
    }

    /// What an object has in a list under this key, in whatever case; empty where it has none.
    func list(_ key: String) -> [TextTree] {
        guard case .object(let values) = self,
            case .list(let list)? = values.first(where: { RepeatedKeys.folded($0.key) == key })?.value
        else { return [] }
        return list
    }

    /// Every text with the way to it as its name, and keys as well as values.
    ///
    /// Names begin with `root`; what `isSkipped` holds for, told the way from there and the text or nil for all below, is
    /// left out.
    func fields(
        in root: String, skipping isSkipped: ([String], String?) -> Bool = { _, _ in false }
    ) -> [ImageConfiguration.Field] {
        var fields: [ImageConfiguration.Field] = []
        collect(at: [], in: root, skipping: isSkipped, into: &fields)
        return fields
    }

    private func collect(
        at path: [String], in root: String, skipping isSkipped: ([String], String?) -> Bool,
        into fields: inout [ImageConfiguration.Field]
    ) {
        guard !isSkipped(path, nil) else { return }
        let name = ([root] + path).joined(separator: "/")
        switch self {
        case .text(let text):
            if !text.isEmpty, !isSkipped(path, text) { fields.append(.init(name: name, text: text)) }
        case .list(let values):
            for (index, value) in values.enumerated() {
                value.collect(at: path + ["\(index)"], in: root, skipping: isSkipped, into: &fields)
            }
        case .object(let values):
            for (key, value) in values.sorted(by: { $0.key < $1.key }) {
                // A key of no meaning to us may hold text as well as a value does.
                if !path.isEmpty, !isSkipped(path, key) {
                    fields.append(.init(name: name, text: key))
                }
                value.collect(at: path + [key], in: root, skipping: isSkipped, into: &fields)
            }
        case .other: break
        }
    }
}
