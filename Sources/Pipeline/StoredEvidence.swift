import FoundationEssentials
import ImageReading
import JSONDocuments
import Model

/// An evidence document to be judged.
package struct StoredEvidence: Sendable {
    /// The file it is in, or what to call it in errors.
    package let place: String
    /// Its bytes, or nil to read them from the file.
    package let bytes: [UInt8]?

    package init(place: String, bytes: [UInt8]?) {
        self.place = place
        self.bytes = bytes
    }

    /// The evidence, or why it is none that this version can read.
    func read() throws(AuditError) -> Evidence {
        let bytes: [UInt8]
        do {
            bytes = try self.bytes ?? Array(Data(contentsOf: URL(filePath: place)))
        } catch {
            throw AuditError(code: .brokenEvidence, place: place, reason: FileFailure.words(error))
        }
        do {
            let key = RepeatedKeys.first(in: bytes, foldingCase: false)
            let stored: Evidence
            switch try JSONReader.decode(Document.self, from: bytes) {
            case .stranger(let version):
                throw AuditError(
                    code: .brokenEvidence, place: place,
                    reason: "is of schema \(String(reflecting: version)), not \(Evidence.schema)")
            case .evidence where key != nil:
                throw AuditError(
                    code: .brokenEvidence, place: place,
                    reason: "has the key \(String(reflecting: key ?? "")) twice in one object")
            case .evidence(let evidence): stored = evidence
            }
            if let fault = EvidenceFault.first(in: stored) {
                throw AuditError(code: .brokenEvidence, place: place, reason: fault)
            }
            return Evidence(
                image: stored.image, layers: stored.layers, findings: stored.findings,
                inventory: stored.inventory, gaps: stored.gaps, receipts: stored.receipts,
                fingerprintKey: stored.fingerprintKey,
                comparedWith: stored.comparedWith, source: stored.source, baseline: stored.baseline)
        } catch let error as AuditError {
            throw error
        } catch {
            throw AuditError(code: .brokenEvidence, place: place, reason: Self.words(error))
        }
    }

    /// The document, of which nothing but its schema is read where that is another.
    private enum Document: Decodable {
        case evidence(Evidence)
        case stranger(schema: String)

        private enum CodingKeys: CodingKey { case schemaVersion }

        init(from decoder: any Decoder) throws {
            let schema = try decoder.container(keyedBy: CodingKeys.self)
                .decode(String.self, forKey: .schemaVersion)
            self = schema == Evidence.schema ? .evidence(try Evidence(from: decoder)) : .stranger(schema: schema)
        }
    }

    /// What is wrong with the document and where in it.
    static func words(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return String(describing: error) }
        func place(_ context: DecodingError.Context) -> String {
            let steps = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
            return steps.isEmpty ? "the document" : steps.joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(place(context)) has no \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(place(context)) is not of the type it should be"
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            "is not whole JSON; a document that was cut off looks like this"
        case .dataCorrupted(let context): "\(place(context)): \(context.debugDescription)"
        @unknown default: "is not evidence"
        }
    }
}
