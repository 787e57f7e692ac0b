/// What is one text in a document is asked for as one, which spares a decoder for it: most members of evidence are.
///
/// Conformances that the compiler writes for types of this module use these too, since it looks them up like any other.
extension KeyedDecodingContainer {
    func decode<Value: WrittenAsText>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try value(of: try decode(String.self, forKey: key), for: key)
    }

    func decodeIfPresent<Value: WrittenAsText>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try decodeIfPresent(String.self, forKey: key).map { try value(of: $0, for: key) }
    }

    func decode<Word: RawRepresentable<String> & Decodable>(_ type: Word.Type, forKey key: Key) throws -> Word
    {
        try word(of: try decode(String.self, forKey: key), for: key)
    }

    func decodeIfPresent<Word: RawRepresentable<String> & Decodable>(
        _ type: Word.Type, forKey key: Key
    ) throws -> Word? {
        try decodeIfPresent(String.self, forKey: key).map { try word(of: $0, for: key) }
    }

    /// What is noted of something, by name.
    func decode(
        _ type: [String: AttributeValue].Type, forKey key: Key
    ) throws -> [String: AttributeValue] {
        let values = try nestedContainer(keyedBy: AttributeName.self, forKey: key)
        let names = values.allKeys
        return try names.reduce(into: Dictionary(minimumCapacity: names.count)) { attributes, name in
            attributes[name.stringValue] = try AttributeValue(name, in: values)
        }
    }

    /// Findings, of which there may be very many, without what they have in common a second time.
    func decode(_ type: [Finding].Type, forKey key: Key) throws -> [Finding] {
        var list = try nestedUnkeyedContainer(forKey: key)
        var findings: [Finding] = []
        findings.reserveCapacity(list.count ?? 0)
        var shared = SharedTexts()
        while !list.isAtEnd {
            findings.append(try list.decode(Finding.self))
            shared.share(in: &findings[findings.count - 1])
        }
        return findings
    }

    private func value<Value: WrittenAsText>(of text: String, for key: Key) throws -> Value {
        guard let value = Value.read(text) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: Value.fault)
        }
        return value
    }

    private func word<Word: RawRepresentable<String>>(of text: String, for key: Key) throws -> Word {
        guard let word = Word(rawValue: text) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self,
                debugDescription: "Cannot initialize \(Word.self) from invalid String value \(text)")
        }
        return word
    }
}
