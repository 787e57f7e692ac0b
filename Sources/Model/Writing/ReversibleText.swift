/// Bytes as text from which the same bytes can be had again.
///
/// Valid UTF-8 stays as it is, a byte that belongs to none becomes `\xHH`, and a backslash becomes two.
package enum ReversibleText {
    /// The text that stands for `bytes`.
    package static func string(_ bytes: some Collection<UInt8>) -> String {
        let bytes = Array(bytes)
        if !bytes.contains(UInt8(ascii: "\\")), let text = String(validating: bytes, as: UTF8.self) {
            return text
        }
        // Bytes throughout: to `String` a backslash under a combining mark is another character than a backslash.
        var text: [UInt8] = []
        var remaining = bytes[...]
        while !remaining.isEmpty {
            let valid = remaining.prefix(longestValidPrefix(remaining))
            for byte in valid {
                if byte == UInt8(ascii: "\\") { text.append(byte) }
                text.append(byte)
            }
            remaining = remaining.dropFirst(valid.count)
            if let byte = remaining.popFirst() { text += Array("\\x\(Hex.string([byte]))".utf8) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `text` stands for, or nil where a backslash is followed by neither `\` nor `xHH`.
    package static func bytes(_ text: String) -> [UInt8]? {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return Array(text.utf8) }
        var result: [UInt8] = []
        var remaining = Array(text.utf8)[...]
        while let byte = remaining.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            switch remaining.popFirst() {
            case UInt8(ascii: "\\"):
                result.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"):
                let digits = String(decoding: remaining.prefix(2), as: UTF8.self)
                guard digits.utf8.count == 2, digits.utf8.first != UInt8(ascii: "+"),
                    let value = UInt8(digits, radix: 16)
                else { return nil }
                result.append(value)
                remaining = remaining.dropFirst(2)
            default:
                return nil
            }
        }
        return result
    }

    /// How many bytes at the start of `bytes` are whole, valid UTF-8 characters.
    private static func longestValidPrefix(_ bytes: ArraySlice<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var count = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            count += UTF8.width(scalar)
        }
        return count
    }
}
