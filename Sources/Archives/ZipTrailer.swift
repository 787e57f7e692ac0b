/// The record that a zip archive ends with, wherever the archive begins.
package enum ZipTrailer {
    /// How many bytes of a file's end ``ends(_:)`` wants to see: the record and a comment of usual length.
    package static let searched = recordLength + 1_024

    private static let recordLength = 22

    /// Whether `ending`, the last bytes of a file, ends with such a record: its comment reaches to the very end.
    package static func ends(_ ending: Span<UInt8>) -> Bool {
        var start = ending.count - recordLength
        while start >= 0 {
            if ending[start] == 0x50, isRecord(ending, at: start) { return true }
            start -= 1
        }
        return false
    }

    private static func isRecord(_ bytes: Span<UInt8>, at start: Int) -> Bool {
        guard bytes[start + 1] == 0x4b, bytes[start + 2] == 0x05,
            bytes[start + 3] == 0x06
        else { return false }
        let comment = Int(bytes[start + 20]) | Int(bytes[start + 21]) << 8
        let entries = Int(bytes[start + 10]) | Int(bytes[start + 11]) << 8
        return start + recordLength + comment == bytes.count && entries > 0
    }
}
