/// Base64 as some tools write secrets in it.
enum Base64Words {
    /// The text that `word` stands for; nil where it is no base64, or not of text.
    static func text(_ word: String) -> String? {
        let digits = word.utf8.prefix { $0 != UInt8(ascii: "=") }
        guard word.utf8.count % 4 == 0, word.utf8.count - digits.count <= 2, digits.count >= 4 else {
            return nil
        }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        for (index, byte) in digits.enumerated() {
            guard let value = value(of: byte) else { return nil }
            bits = bits << 6 | UInt32(value)
            if index % 4 != 0 { bytes.append(UInt8(truncatingIfNeeded: bits >> (6 - UInt32(index % 4) * 2))) }
        }
        guard let text = String(validating: bytes, as: UTF8.self),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\n" || $0 == "\r" || $0 == "\t" })
        else { return nil }
        return text
    }

    private static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
