/// The record that a zip archive ends with, wherever the archive begins.
package enum ZipTrailer {
    /// How many bytes of a file's end ``ends(_:)`` wants to see: the record and a comment of usual length.
    package static let searched = recordLength + 1_024

    private static let recordLength = 22

    /// Whether `ending`, the last bytes of a file, ends with such a record: its comment reaches to the very end.
    package static func ends(_ ending: Span<UInt8>) -> Bool {
        // The last byte of the mark is the rarest one.
        var position = 3
        while let next = ByteSearch.first(0x06, in: ending, from: position) {
            if isRecord(ending, at: next - 3) { return true }
            position = next + 1
        }
        return false
    }

    private static func isRecord(_ bytes: Span<UInt8>, at start: Int) -> Bool {
        guard start + recordLength <= bytes.count, bytes[start] == 0x50, bytes[start + 1] == 0x4b,
            bytes[start + 2] == 0x05
        else { return false }
        let comment = Int(bytes[start + 20]) | Int(bytes[start + 21]) << 8
        let entries = Int(bytes[start + 10]) | Int(bytes[start + 11]) << 8
        return start + recordLength + comment == bytes.count && entries > 0
    }
}
