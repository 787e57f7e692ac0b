internal import FoundationEssentials
internal import Model

/// The text in those parts of a configuration that ``Documents/Configuration`` does not name, such as what older
/// builders kept of the container in which they built: engines ignore it, and whoever pulls the image reads it.
struct ConfigurationText: Decodable {
    private static let named: Set<String> = [
        "created", "architecture", "os", "variant", "author", "rootfs", "history",
    ]
    private static let namedSettings: Set<String> = [
        "user", "env", "labels", "cmd", "entrypoint", "healthcheck", "workingdir", "exposedports", "volumes",
        "onbuild", "shell", "stopsignal",
    ]

    let fields: [ImageConfiguration.Field]

    init(from decoder: any Decoder) throws {
        var fields: [ImageConfiguration.Field] = []
        Self.collect(try Value(from: decoder), at: [], into: &fields)
        self.fields = fields
    }

    private static func collect(
        _ value: Value, at path: [String], into fields: inout [ImageConfiguration.Field]
    ) {
        let folded = path.map(RepeatedKeys.folded)
        if let first = folded.first, named.contains(first) { return }
        if folded.count == 2, folded[0] == "config", namedSettings.contains(folded[1]) { return }
        let name = (["Config"] + path).joined(separator: "/")
        switch value {
        case .text(let text): if !text.isEmpty { fields.append(.init(name: name, text: text)) }
        case .list(let values):
            for (index, value) in values.enumerated() {
                collect(value, at: path + ["\(index)"], into: &fields)
            }
        case .object(let values):
            for (key, value) in values.sorted(by: { $0.key < $1.key }) {
                // A key of no meaning to us may hold text as well as a value does.
                if !path.isEmpty { fields.append(.init(name: name, text: key)) }
                collect(value, at: path + [key], into: &fields)
            }
        case .other: break
        }
    }

    private enum Value: Decodable {
        case text(String)
        case list([Value])
        case object([String: Value])
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let values = try? container.decode([Value].self) {
                self = .list(values)
            } else if let values = try? container.decode([String: Value].self) {
                self = .object(values)
            } else {
                self = .other
            }
        }
    }
}
