/// The members of an object that is read.
struct JSONMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private struct Member {
        /// Where its key and its value begin.
        let key: Int
        let value: Int
    }

    /// In an object with more members each is looked up, and not looked for.
    private static var few: Int { 24 }

    private let node: JSONNode
    private let members: [Member]
    /// Where values begin; nil where they are few.
    private let index: [String: Int]?

    init(of node: JSONNode) {
        self.node = node
        let document = node.document
        var members: [Member] = []
        members.reserveCapacity(Self.few)
        var position = document.skippingSpace(from: node.start + 1)
        while document.bytes[position] == UInt8(ascii: "\"") {
            let key = position
            position = document.skippingSpace(from: document.end(ofValueAt: key))
            // Past the colon.
            position = document.skippingSpace(from: position + 1)
            members.append(Member(key: key, value: position))
            position = document.skippingSpace(from: document.end(ofValueAt: position))
            if document.bytes[position] == UInt8(ascii: ",") {
                position = document.skippingSpace(from: position + 1)
            }
        }
        self.members = members
        guard members.count > Self.few else {
            index = nil
            return
        }
        let texts = members.map { (document.text(at: $0.key) ?? "", $0.value) }
        index = Dictionary(texts) { first, _ in first }
    }

    var codingPath: [any CodingKey] { node.codingPath }

    var allKeys: [Key] {
        members.compactMap { node.document.text(at: $0.key).flatMap(Key.init(stringValue:)) }
    }

    func contains(_ key: Key) -> Bool { position(of: key.stringValue) != nil }

    /// Where the value of the member begins.
    private func position(of key: String) -> Int? {
        if let index { return index[key] }
        for member in members where node.document.isKey(key, at: member.key) { return member.value }
        return nil
    }

    private func member(_ key: some CodingKey) throws -> JSONNode {
        guard let found = optional(key) else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "is missing"))
        }
        return found
    }

    private func optional(_ key: some CodingKey) -> JSONNode? {
        let name = key.stringValue
        guard let start = position(of: name) else { return nil }
        let path = JSONPath(JSONKey(stringValue: name), in: node.path)
        return JSONNode(document: node.document, start: start, path: path)
    }

    /// Nil where it is missing or null.
    private func present(_ key: Key) -> JSONNode? {
        guard let found = optional(key), !found.isNull else { return nil }
        return found
    }

    func decodeNil(forKey key: Key) throws -> Bool { try member(key).isNull }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try member(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try member(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try member(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try member(key).decode(type) }
    func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type, forKey key: Key) throws -> Number
    {
        try member(key).decode(type)
    }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try member(key).decode(type)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try present(key)?.decode(type)
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try present(key)?.decode(type) }
    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try present(key)?.decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try member(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try member(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try member(JSONKey(stringValue: "super")) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }
}

extension JSONDocument {
    /// Whether the text that begins at `start` is this key.
    fileprivate func isKey(_ key: String, at start: Int) -> Bool {
        let wanted = key.utf8Span.span
        var position = start + 1
        for offset in wanted.indices {
            let byte = bytes[position]
            // Few keys have an escape.
            if byte == UInt8(ascii: "\\") { return text(at: start) == key }
            guard byte == wanted[offset], byte != UInt8(ascii: "\"") else { return false }
            position += 1
        }
        return bytes[position] == UInt8(ascii: "\"")
    }
}
