extension JSONText {
    mutating func writeNull() { bytes.append(contentsOf: "null".utf8) }

    mutating func write(flag: Bool) { bytes.append(contentsOf: (flag ? "true" : "false").utf8) }

    mutating func write(number: some BinaryInteger) { bytes.append(contentsOf: String(number).utf8) }

    /// As ECMAScript writes it, of which Swift's shortest form differs only in a fraction of nothing and in exponents.
    mutating func write(fraction: Double) throws {
        let text = fraction == 0 ? "0" : fraction.description
        guard fraction.isFinite, !text.contains("e") else {
            throw EncodingError.invalidValue(
                fraction, .init(codingPath: [], debugDescription: "cannot be written without an exponent"))
        }
        bytes.append(contentsOf: (text.hasSuffix(".0") ? text.dropLast(2) : text[...]).utf8)
    }

    /// Between quotation marks; escaped is what must be, in the shortest way.
    mutating func write(text: String) {
        bytes.append(UInt8(ascii: "\""))
        if Self.needsEscapes(text) {
            for byte in text.utf8 {
                if Self.isEscaped(byte) { writeEscape(of: byte) } else { bytes.append(byte) }
            }
        } else {
            bytes.append(contentsOf: text.utf8)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscapes(_ text: String) -> Bool {
        let span = text.utf8Span.span
        for position in span.indices where isEscaped(span[position]) { return true }
        return false
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func writeEscape(of byte: UInt8) {
        switch byte {
        case 0x08: bytes.append(contentsOf: "\\b".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0x0a: bytes.append(contentsOf: "\\n".utf8)
        case 0x0c: bytes.append(contentsOf: "\\f".utf8)
        case 0x0d: bytes.append(contentsOf: "\\r".utf8)
        case ..<0x20:
            bytes.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
            bytes.append(contentsOf: String(byte, radix: 16).utf8)
        default: bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
        }
    }
}
