import JSONDocuments

/// A JSON document that this program wrote at some time, or that says so.
struct StoredJSON {
    /// The file it is in, or what to call it in errors.
    private let place: String
    let bytes: [UInt8]
    private let document: JSONDocument

    /// Throws where `bytes` are no JSON, with line and column.
    init(_ bytes: [UInt8], place: String) throws(AuditError) {
        self.place = place
        self.bytes = bytes
        do throws(JSONFault) {
            document = try JSONDocument(bytes)
        } catch {
            throw AuditError(
                code: .brokenEvidence, place: "\(place):\(error.line):\(error.column)",
                reason: Self.words(error))
        }
    }

    /// The schema it says it is of; nil where it says nothing.
    var schema: String? {
        struct Version: Decodable { let schemaVersion: String }
        return try? document.decode(Version.self).schemaVersion
    }

    /// The sum that it has of its own content; nil where it has none.
    var sum: String? {
        struct Stated: Decodable { let sum: String }
        return try? document.decode(Stated.self).sum
    }

    /// The document as a value of `schema`; of another, nothing else need fit.
    func decode<Value: Decodable>(_ type: Value.Type, of schema: String) throws(AuditError) -> Value {
        guard let own = self.schema, own != schema else { return try decode(type) }
        throw broken("is of schema \(String(reflecting: own)), not \(schema)")
    }

    private func decode<Value: Decodable>(_ type: Value.Type) throws(AuditError) -> Value {
        do {
            return try document.decode(type)
        } catch {
            throw broken(Self.words(error))
        }
    }

    func broken(_ reason: String) -> AuditError {
        AuditError(code: .brokenEvidence, place: place, reason: reason)
    }

    private static func words(_ fault: JSONFault) -> String {
        switch fault.code {
        case .truncated: "is not whole JSON: it \(fault.reason); a document that was cut off looks like this"
        case .malformed: "is no JSON: it \(fault.reason)"
        case .repeatedKey, .tooDeep, .tooLarge: fault.reason
        }
    }

    /// What is wrong with the document and where in it.
    private static func words(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return String(describing: error) }
        func place(_ context: DecodingError.Context) -> String {
            let steps = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
            return steps.isEmpty ? "the document" : steps.joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(place(context)) has no \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(place(context)) is not of the type it should be"
        case .dataCorrupted(let context): "\(place(context)): \(context.debugDescription)"
        @unknown default: "is not what it should be"
        }
    }
}
