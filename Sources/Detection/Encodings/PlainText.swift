/// What counts as text: UTF-8 without control characters but blanks and breaks.
enum PlainText {
    /// Where in `bytes`, from `start` on, the first byte stands that is no text.
    static func end(of bytes: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte < 0x80 {
                guard isPrintable(byte) else { return position }
                position += 1
            } else {
                guard let width = width(of: bytes, at: position) else { return position }
                position += width
            }
        }
        return position
    }

    static func isPrintable(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20...0x7e, 0x09, 0x0a, 0x0d: true
        default: false
        }
    }

    /// Whether a word, a number or a key may go on with `byte`.
    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

    static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    /// The letter in lower case; any other byte as it is.
    static func lowered(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

    /// How many bytes the character of several bytes at `position` has; nil where there is none.
    private static func width(of bytes: Span<UInt8>, at position: Int) -> Int? {
        let width: Int
        switch bytes[position] {
        case 0xc2...0xdf: width = 2
        case 0xe0...0xef: width = 3
        case 0xf0...0xf4: width = 4
        default: return nil
        }
        guard position + width <= bytes.count else { return nil }
        for next in position + 1..<position + width where bytes[next] & 0xc0 != 0x80 { return nil }
        return width
    }
}
