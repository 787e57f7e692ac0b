import TestSupport
import YAMLDocuments

extension AnyJSON {
    /// What a node of YAML says, as JSON.
    init(_ node: YAMLNode) {
        switch node.content {
        case .scalar(let text, let isPlain):
            if isPlain, let flag = Bool(text) {
                self = .flag(flag)
            } else if isPlain, let number = Int(text) {
                self = .number(number)
            } else {
                self = isPlain && text == "null" ? .null : .text(text)
            }
        case .sequence(let nodes): self = .list(nodes.map(AnyJSON.init))
        case .mapping(let pairs):
            self = .object(Dictionary(uniqueKeysWithValues: pairs.map { ($0.key, AnyJSON($0.value)) }))
        }
    }

    /// Sets what is at `path` (`receipts.0.outcome`, `*` for every element), or takes it away, and says how often.
    mutating func edit(_ path: ArraySlice<String>, to value: AnyJSON?) throws -> Int {
        guard let step = path.first else { return 0 }
        let rest = path.dropFirst()
        switch self {
        case .list(var list):
            let wanted = step == "*" ? Array(list.indices) : Int(step).map { [$0] } ?? []
            var count = 0
            for index in wanted.reversed() where list.indices.contains(index) {
                if rest.isEmpty {
                    if let value { list[index] = value } else { list.remove(at: index) }
                    count += 1
                } else {
                    count += try list[index].edit(rest, to: value)
                }
            }
            self = .list(list)
            return count
        case .object(var object):
            guard !rest.isEmpty else {
                let wasThere = object[step] != nil
                object[step] = value
                self = .object(object)
                return wasThere || value != nil ? 1 : 0
            }
            guard var child = object[step] else { return 0 }
            let count = try child.edit(rest, to: value)
            object[step] = child
            self = .object(object)
            return count
        default: return 0
        }
    }
}
