/// The members of an object.
struct JSONMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let tree: JSONTree
    let node: Int
    /// Where the values of a large object are; a small one is searched.
    private let values: [String: Int]?

    private static var few: Int { 32 }

    init(tree: JSONTree, node: Int) {
        self.tree = tree
        self.node = node
        let isLarge = tree.children(of: node).dropFirst(Self.few).contains { _ in true }
        values =
            isLarge
            ? Dictionary(tree.children(of: node).lazy.map { (tree.text($0), $0 + 1) }) { first, _ in first }
            : nil
    }

    var codingPath: [any CodingKey] { tree.path(to: node) }
    var allKeys: [Key] { tree.children(of: node).compactMap { Key(stringValue: tree.text($0)) } }

    private func source(_ key: some CodingKey) -> JSONSource? {
        let name = key.stringValue
        let value = values.map { $0[name] } ?? tree.value(name, of: node)
        return value.map { JSONSource(tree: tree, node: $0) }
    }

    /// The member that is there and not null.
    private func present(_ key: Key) -> JSONSource? {
        source(key).flatMap { $0.decodeNil() ? nil : $0 }
    }

    private func required(_ key: some CodingKey) throws -> JSONSource {
        guard let source = source(key) else {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "not there"))
        }
        return source
    }

    func contains(_ key: Key) -> Bool { source(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try required(key).decodeNil() }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try required(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try required(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try required(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try required(key).decode(type) }
    func decode<Number: FixedWidthInteger & Decodable>(
        _ type: Number.Type, forKey key: Key
    ) throws -> Number { try required(key).decode(type) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try required(key).decode(type)
    }

    // As the protocol would do it, but with one search.
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try present(key)?.decode(type)
    }
    func decodeIfPresent<Number: FixedWidthInteger & Decodable>(
        _ type: Number.Type, forKey key: Key
    ) throws -> Number? { try present(key)?.decode(type) }
    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try present(key)?.decode(type)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> { try required(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try required(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try required(JSONSuperKey()) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try required(key) }
}
