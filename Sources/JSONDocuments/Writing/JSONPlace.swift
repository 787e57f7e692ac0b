/// The place of the document that a value is written to.
struct JSONPlace: Encoder {
    let writer: JSONWriter
    /// How many objects and lists lie around it.
    let depth: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        writer.beginObject(at: depth)
        return KeyedEncodingContainer(JSONObject(writer: writer, depth: depth + 1))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        writer.beginList()
        return JSONList(writer: writer, depth: depth + 1)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension JSONPlace: SingleValueEncodingContainer {
    func encodeNil() { writer.writeNull() }
    func encode(_ value: Bool) { writer.write(flag: value) }
    func encode(_ value: String) { writer.write(text: value) }
    func encode(_ value: Double) throws { try writer.write(fraction: value) }
    func encode(_ value: Float) throws { try writer.write(fraction: Double(value)) }
    func encode<Number: FixedWidthInteger & Encodable>(_ value: Number) { writer.write(number: value) }
    func encode<Value: Encodable>(_ value: Value) throws { try writer.write(value) }
}
