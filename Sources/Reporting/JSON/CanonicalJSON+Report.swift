internal import JSONDocuments

extension CanonicalJSON {
    /// The bytes of the report `file`.
    static func encode(_ value: some Encodable, for file: String) throws(ReportError) -> [UInt8] {
        do {
            return try encode(value)
        } catch {
            throw ReportError(
                code: .encoding, place: file, reason: "could not be written as JSON", underlying: "\(error)")
        }
    }
}
