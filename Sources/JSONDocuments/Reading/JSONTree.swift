/// The values of a document, each known by the position of its node.
///
/// A class because every decoder of a part refers to the whole.
final class JSONTree {
    enum Kind { case object, list, text, number, flag, null }

    private let bytes: [UInt8]
    private let nodes: [JSONNode]

    init(bytes: [UInt8], nodes: [JSONNode]) {
        self.bytes = bytes
        self.nodes = nodes
    }

    func kind(of node: Int) -> Kind {
        switch bytes[nodes[node].start] {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .list
        case UInt8(ascii: "\""): .text
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .flag
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }

    /// The node behind a value and all that is in it.
    func end(of node: Int) -> Int { node + nodes[node].stride }

    /// The keys of an object, or the elements of a list.
    func children(of node: Int) -> JSONChildren {
        JSONChildren(tree: self, position: node + 1, end: end(of: node), isObject: kind(of: node) == .object)
    }

    /// The value under a key of an object; nil where there is none.
    func value(_ key: String, of object: Int) -> Int? {
        let key = key.utf8Span.span
        let bytes = bytes
        let plain = JSONNode.extent(ofText: key.count, hasEscapes: false)
        let end = end(of: object)
        var node = object + 1
        while node < end {
            let own = nodes[node]
            if own.extent == plain {
                if Self.isSame(key, bytes.span.extracting(own.inside)) { return node + 1 }
            } else if own.hasEscapes {
                let text = text(node)
                if Self.isSame(key, text.utf8Span.span) { return node + 1 }
            }
            node = self.end(of: node + 1)
        }
        return nil
    }

    private static func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for position in left.indices where left[position] != right[position] { return false }
        return true
    }

    /// What a text says.
    func text(_ node: Int) -> String {
        let inside = nodes[node].inside
        guard nodes[node].hasEscapes else { return String(decoding: bytes[inside], as: UTF8.self) }
        var text = ""
        var rest = bytes[inside]
        while !rest.isEmpty {
            let plain = rest.prefix { $0 != UInt8(ascii: "\\") }
            text += String(decoding: plain, as: UTF8.self)
            rest = rest.dropFirst(plain.count)
            guard let escape = JSONEscape(in: bytes, at: rest.startIndex) else { break }
            text.unicodeScalars.append(escape.character)
            rest = rest.dropFirst(escape.length)
        }
        return text
    }

    /// A number or a word as it is written.
    func word(_ node: Int) -> String { String(decoding: bytes[nodes[node].word], as: UTF8.self) }
}

extension JSONTree {
    /// A key or a position, as errors name it.
    private struct Step: CodingKey {
        let stringValue: String
        let intValue: Int?

        init(stringValue: String) { (self.stringValue, intValue) = (stringValue, nil) }
        init(intValue: Int) { (stringValue, self.intValue) = ("Index \(intValue)", intValue) }
    }

    /// The way from the document to a value, which is looked for when it is asked for: that is, in errors.
    func path(to node: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var place = 0
        while place < node {
            let isObject = kind(of: place) == .object
            let children = Array(children(of: place))
            // The last that begins no later.
            guard let position = children.lastIndex(where: { $0 <= node }) else { break }
            path.append(
                isObject ? Step(stringValue: text(children[position])) : Step(intValue: position))
            place = children[position] + (isObject ? 1 : 0)
        }
        return path
    }
}
