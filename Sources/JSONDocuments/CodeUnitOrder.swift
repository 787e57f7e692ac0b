/// The order of texts by their UTF-16 code units, which is what RFC 8785 sorts keys by.
enum CodeUnitOrder {
    /// Whether `left` comes before `right`.
    ///
    /// UTF-8 orders the same, but for characters beyond the basic plane: their surrogates come before U+E000.
    static func precedes(_ left: String, _ right: String) -> Bool {
        var rest = right.utf8.makeIterator()
        for byte in left.utf8 {
            guard let other = rest.next() else { return false }
            guard byte == other else { return weight(byte) < weight(other) }
        }
        return rest.next() != nil
    }

    /// Where a character that begins with this byte stands: lead bytes from 0xf0 are of characters with surrogates.
    private static func weight(_ byte: UInt8) -> Int {
        byte >= 0xf0 ? 0xede0 + Int(byte - 0xf0) : Int(byte) << 8
    }
}
