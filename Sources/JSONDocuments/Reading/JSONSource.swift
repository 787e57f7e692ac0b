/// The place of the document that a value is read from.
struct JSONSource: Decoder {
    let tree: JSONTree
    let node: Int

    var codingPath: [any CodingKey] { tree.path(to: node) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try require(.object, [String: JSONSource].self)
        return KeyedDecodingContainer(JSONMembers(tree: tree, node: node))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try require(.list, [JSONSource].self)
        return JSONElements(tree: tree, node: node)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    private func require(_ kind: JSONTree.Kind, _ type: Any.Type) throws {
        guard tree.kind(of: node) == kind else { throw mismatch(type) }
    }

    private func mismatch(_ type: Any.Type) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: codingPath, debugDescription: "not of the type it should be")
        return tree.kind(of: node) == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }
}

extension JSONSource: SingleValueDecodingContainer {
    func decodeNil() -> Bool { tree.kind(of: node) == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        try require(.flag, type)
        return tree.word(node) == "true"
    }

    func decode(_ type: String.Type) throws -> String {
        try require(.text, type)
        return tree.text(node)
    }

    func decode(_ type: Double.Type) throws -> Double {
        try require(.number, type)
        guard let number = Double(tree.word(node)), number.isFinite else { throw mismatch(type) }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

    /// Also of a number with a fraction of nothing.
    func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
        try require(.number, type)
        let text = tree.word(node)
        guard let number = Number(text) ?? Double(text).flatMap(Number.init(exactly:)) else {
            throw mismatch(type)
        }
        return number
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }
}
