/// The elements of a list that is read, one after the other.
struct JSONElements: UnkeyedDecodingContainer {
    private let node: JSONNode
    /// Where the next one begins; the closing bracket behind the last.
    private var position: Int
    private(set) var currentIndex = 0

    init(of node: JSONNode) {
        self.node = node
        position = node.document.skippingSpace(from: node.start + 1)
    }

    var codingPath: [any CodingKey] { node.codingPath }
    var count: Int? { nil }
    var isAtEnd: Bool { node.document.bytes[position] == UInt8(ascii: "]") }

    private func element() throws -> JSONNode {
        let path = JSONPath(JSONKey(intValue: currentIndex), in: node.path)
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Any.self, .init(codingPath: JSONPath.list(path), debugDescription: "the list is at its end"))
        }
        return JSONNode(document: node.document, start: position, path: path)
    }

    /// What `read` makes of the next element, which then is passed.
    private mutating func next<Value>(_ read: (JSONNode) throws -> Value) throws -> Value {
        let value = try read(try element())
        pass()
        return value
    }

    private mutating func pass() {
        let document = node.document
        position = document.skippingSpace(from: document.end(ofValueAt: position))
        if document.bytes[position] == UInt8(ascii: ",") {
            position = document.skippingSpace(from: position + 1)
        }
        currentIndex += 1
    }

    mutating func decodeNil() throws -> Bool {
        guard try element().isNull else { return false }
        pass()
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try next { try $0.decode(type) } }
    mutating func decode(_ type: String.Type) throws -> String { try next { try $0.decode(type) } }
    mutating func decode(_ type: Double.Type) throws -> Double { try next { try $0.decode(type) } }
    mutating func decode(_ type: Float.Type) throws -> Float { try next { try $0.decode(type) } }
    mutating func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
        try next { try $0.decode(type) }
    }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next { try $0.decode(type) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try next { try $0.container(keyedBy: type) } }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder { try next { $0 } }
}
