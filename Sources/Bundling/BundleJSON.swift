internal import JSONDocuments

/// The JSON documents of a bundle: canonical, and read back.
enum BundleJSON {
    static func encode(_ value: some Encodable, as name: String) throws(BundleError) -> [UInt8] {
        do {
            return try CanonicalJSON.encode(value)
        } catch {
            throw BundleError(.assembly, at: name, "could not be written as JSON")
        }
    }

    static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], of name: String
    ) throws(BundleError) -> Value {
        do {
            return try JSONDocument(bytes).decode(type)
        } catch let fault as JSONFault {
            throw BundleError(.form, at: name, fault.description)
        } catch {
            throw BundleError(.form, at: name, "is not what it should be")
        }
    }
}
