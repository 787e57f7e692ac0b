/// A backslash and what belongs to it.
struct JSONEscape {
    let character: Unicode.Scalar
    /// In bytes, 2 to 12.
    let length: Int

    /// The escape that begins at `position`; nil where none does, or half a pair of surrogates.
    init?(in bytes: [UInt8], at position: Int) {
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\") else { return nil }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            character = Unicode.Scalar(bytes[position + 1])
        case UInt8(ascii: "b"): character = "\u{8}"
        case UInt8(ascii: "f"): character = "\u{c}"
        case UInt8(ascii: "n"): character = "\n"
        case UInt8(ascii: "r"): character = "\r"
        case UInt8(ascii: "t"): character = "\t"
        default:
            guard let first = Self.unit(in: bytes, at: position) else { return nil }
            if let single = Unicode.Scalar(UInt32(first)) {
                (character, length) = (single, 6)
                return
            }
            guard UTF16.isLeadSurrogate(first), let second = Self.unit(in: bytes, at: position + 6),
                UTF16.isTrailSurrogate(second)
            else { return nil }
            (character, length) = (UTF16.decode(UTF16.EncodedScalar([first, second])), 12)
            return
        }
        length = 2
    }

    /// The code unit of `\u` and four hexadecimal digits.
    private static func unit(in bytes: [UInt8], at position: Int) -> UInt16? {
        guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return nil }
        let digits = bytes[position + 2..<position + 6]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
