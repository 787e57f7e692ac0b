/// The elements of a list, one after the other.
struct JSONElements: UnkeyedDecodingContainer {
    let tree: JSONTree
    let node: Int
    let count: Int?
    private(set) var currentIndex = 0
    /// The node of the element that comes next.
    private var next: Int

    init(tree: JSONTree, node: Int) {
        self.tree = tree
        self.node = node
        count = tree.children(of: node).reduce(0) { count, _ in count + 1 }
        next = node + 1
    }

    var codingPath: [any CodingKey] { tree.path(to: node) }
    var isAtEnd: Bool { currentIndex == count }

    /// What `read` makes of the next element, which it then has taken.
    private mutating func take<Value>(_ type: Any.Type, _ read: (JSONSource) throws -> Value) throws -> Value
    {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                type, .init(codingPath: codingPath, debugDescription: "not there"))
        }
        let value = try read(JSONSource(tree: tree, node: next))
        next = tree.end(of: next)
        currentIndex += 1
        return value
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, tree.kind(of: next) == .null else { return false }
        return try take(Never.self) { $0.decodeNil() }
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try take(type) { try $0.decode(type) } }
    mutating func decode(_ type: String.Type) throws -> String { try take(type) { try $0.decode(type) } }
    mutating func decode(_ type: Double.Type) throws -> Double { try take(type) { try $0.decode(type) } }
    mutating func decode(_ type: Float.Type) throws -> Float { try take(type) { try $0.decode(type) } }
    mutating func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
        try take(type) { try $0.decode(type) }
    }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try take(type) { try $0.decode(type) }
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> { try take(type) { try $0.container(keyedBy: type) } }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try take([JSONSource].self) { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder { try take(JSONSource.self) { $0 } }
}
