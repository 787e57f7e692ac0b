/// A value of a document that is read.
struct JSONNode: Decoder {
    let document: JSONDocument
    /// Where it begins.
    let start: Int
    let path: JSONPath?

    var codingPath: [any CodingKey] { JSONPath.list(path) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    var isNull: Bool { document.bytes[start] == UInt8(ascii: "n") }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try require(UInt8(ascii: "{"), for: type)
        return KeyedDecodingContainer(JSONMembers(of: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try require(UInt8(ascii: "["), for: [Any].self)
        return JSONElements(of: self)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    private func require(_ bracket: UInt8, for type: Any.Type) throws {
        guard document.bytes[start] == bracket else { throw mismatch(type) }
    }

    func mismatch(_ type: Any.Type) -> DecodingError {
        let context = DecodingError.Context(codingPath: codingPath, debugDescription: "is not of this type")
        return isNull ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }
}

extension JSONNode: SingleValueDecodingContainer {
    func decodeNil() -> Bool { isNull }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch document.bytes[start] {
        case UInt8(ascii: "t"): true
        case UInt8(ascii: "f"): false
        default: throw mismatch(type)
        }
    }

    func decode(_ type: String.Type) throws -> String {
        guard document.bytes[start] == UInt8(ascii: "\"") else { throw mismatch(type) }
        guard let text = document.text(at: start) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: codingPath, debugDescription: "an escape stands for half a character"))
        }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard isNumber, let number = Double(document.word(at: start)) else { throw mismatch(type) }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

    func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
        guard isNumber else { throw mismatch(type) }
        let word = document.word(at: start)
        // Also where it is written with a fraction of nothing.
        guard let number = Number(word) ?? Double(word).flatMap({ Number(exactly: $0) }) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: codingPath, debugDescription: "the number does not fit"))
        }
        return number
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }

    private var isNumber: Bool {
        (0x30...0x39).contains(document.bytes[start]) || document.bytes[start] == UInt8(ascii: "-")
    }
}
