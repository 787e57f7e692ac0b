internal import FoundationEssentials

/// JSON of which the same values always give the same bytes, as RFC 8785 fixes it.
///
/// Keys are in the order of their UTF-16 code units, nothing is escaped that need not be, there is no white space.
/// Our documents hold strings, whole numbers and booleans only, so the RFC's rules on fractions do not arise.
enum CanonicalJSON {
    static func encode(_ value: some Encodable, for file: String) throws(ReportError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value)) + [0x0a]
        } catch {
            throw ReportError(
                code: .encoding, place: file, reason: "could not be written as JSON", underlying: "\(error)")
        }
    }
}
