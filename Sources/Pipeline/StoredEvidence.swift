import FoundationEssentials
import ImageReading
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
        let data: Data
        do {
            data = try bytes.map { Data($0) } ?? Data(contentsOf: URL(filePath: place))
        } catch {
            throw AuditError(code: .brokenEvidence, place: place, reason: FileFailure.words(error))
        }
        do {
            if let key = RepeatedKeys.first(in: data.span, foldingCase: false) {
                throw AuditError(
                    code: .brokenEvidence, place: place,
                    reason: "has the key \(String(reflecting: key)) twice in one object")
            }
            let stored = try JSONDecoder().decode(Document.self, from: data).evidence
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
        } catch let error as OtherSchema {
            throw AuditError(
                code: .brokenEvidence, place: place,
                reason: "is of schema \(String(reflecting: error.version)), not \(Evidence.schema)")
        } catch {
            throw AuditError(code: .brokenEvidence, place: place, reason: Self.words(error))
        }
    }

    /// Evidence that is asked first which schema it is of: of another, nothing else need fit.
    private struct Document: Decodable {
        private enum Key: CodingKey { case schemaVersion }

        let evidence: Evidence

        init(from decoder: any Decoder) throws {
            let version = try decoder.container(keyedBy: Key.self)
                .decode(String.self, forKey: .schemaVersion)
            guard version == Evidence.schema else { throw OtherSchema(version: version) }
            evidence = try Evidence(from: decoder)
        }
    }

    private struct OtherSchema: Error { let version: String }

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
