internal import FoundationEssentials

/// JSON of which the same values always give the same bytes, as RFC 8785 fixes it.
///
/// Keys are in the order of their UTF-16 code units, nothing is escaped that need not be, there is no white space.
/// Our documents hold strings, whole numbers and booleans only, so the RFC's rules on fractions do not arise.
enum CanonicalJSON {
    /// The value's bytes and a line feed.
    ///
    /// `foreignKeys` are the keys that are not ours, such as an image's annotations. Foundation sorts keys as Swift
    /// compares strings, which is the RFC's order for ASCII alone; with others the objects are sorted again.
    static func encode(
        _ value: some Encodable, foreignKeys: some Sequence<String>, for file: String
    ) throws(ReportError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let encoded: [UInt8]
        do {
            encoded = Array(try encoder.encode(value))
        } catch {
            throw ReportError(
                code: .encoding, place: file, reason: "could not be written as JSON", underlying: "\(error)")
        }
        let isSorted = foreignKeys.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
        return (isSorted ? encoded : KeySorter.sorted(encoded)) + [0x0a]
    }
}
