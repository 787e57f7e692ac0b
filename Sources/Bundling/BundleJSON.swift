internal import FoundationEssentials

/// JSON of which the same values always give the same bytes: sorted keys, no white space, a line feed at the end.
enum BundleJSON {
    static func encode(_ value: some Encodable, as name: String) throws(BundleError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value)) + [0x0a]
        } catch {
            throw BundleError(.assembly, at: name, "could not be written as JSON")
        }
    }

    static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], of name: String
    ) throws(BundleError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw BundleError(.form, at: name, "is not what it should be")
        }
    }
}
