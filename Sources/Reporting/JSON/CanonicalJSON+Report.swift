internal import JSONDocuments

extension CanonicalJSON {
    /// The bytes of the report `file`.
    static func encode(_ value: some Encodable, for file: String) throws(ReportError) -> [UInt8] {
        do {
            return try encode(value)
        } catch {
            throw failed(file, error)
        }
    }

    /// Hands on the same bytes in portions.
    static func encode(
        _ value: some Encodable, for file: String, to sink: ReportSink
    ) throws(ReportError) {
        do {
            try encode(value) { try sink($0) }
        } catch let error as ReportError {
            throw error
        } catch {
            throw failed(file, error)
        }
    }

    private static func failed(_ file: String, _ error: any Error) -> ReportError {
        ReportError(
            code: .encoding, place: file, reason: "could not be written as JSON", underlying: "\(error)")
    }
}
