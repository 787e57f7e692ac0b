/// What is one text in a document is written as one, without an encoder for it.
extension KeyedEncodingContainer {
    mutating func encode(_ value: some WrittenAsText, forKey key: Key) throws {
        try encode(value.written, forKey: key)
    }

    mutating func encodeIfPresent<Value: WrittenAsText>(_ value: Value?, forKey key: Key) throws {
        if let value { try encode(value.written, forKey: key) }
    }

    mutating func encode(_ word: some RawRepresentable<String> & Encodable, forKey key: Key) throws {
        try encode(word.rawValue, forKey: key)
    }

    mutating func encodeIfPresent<Word: RawRepresentable<String> & Encodable>(
        _ word: Word?, forKey key: Key
    ) throws {
        if let word { try encode(word.rawValue, forKey: key) }
    }
}
