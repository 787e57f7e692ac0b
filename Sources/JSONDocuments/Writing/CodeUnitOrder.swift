/// The order of texts by their UTF-16 code units, which is what RFC 8785 sorts keys by.
package enum CodeUnitOrder {
    /// Whether `left` comes before `right`.
    ///
    /// UTF-8 orders the same, but for characters beyond the basic plane: their surrogates come before U+E000.
    package static func precedes(_ left: String, _ right: String) -> Bool {
        let bytes = left.utf8Span.span
        let others = right.utf8Span.span
        for position in 0..<min(bytes.count, others.count) where bytes[position] != others[position] {
            return weight(bytes[position]) < weight(others[position])
        }
        return bytes.count < others.count
    }

    /// Where a character that begins with this byte stands: lead bytes from 0xf0 are of characters with surrogates.
    private static func weight(_ byte: UInt8) -> Int {
        byte >= 0xf0 ? 0xede0 + Int(byte - 0xf0) : Int(byte) << 8
    }
}
