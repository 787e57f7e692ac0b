/// Text, numbers and the three words of JSON.
extension JSONReader {
    /// The text that comes next; nil where it is longer than `limit`, of which no more is kept.
    func text(limit: Int) throws(ImportError) -> String? {
        feed.advance()
        var bytes: [UInt8] = []
        var isWhole = true
        func add(_ new: some Collection<UInt8>) {
            guard isWhole, bytes.count + new.count <= limit else {
                isWhole = false
                bytes = []
                return
            }
            bytes += new
        }
        while true {
            add(try feed.run { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 < 0x20 })
            switch try feed.peek() {
            case UInt8(ascii: "\""):
                feed.advance()
                return isWhole ? String(decoding: bytes, as: UTF8.self) : nil
            case UInt8(ascii: "\\"):
                feed.advance()
                add(String(Character(try escape())).utf8)
            case let byte? where byte < 0x20:
                throw ImportError(
                    code: .malformed, place: place, reason: "a control character inside text")
            case nil: throw try unexpected("the end of a text")
            default: continue
            }
        }
    }

    /// A number, `true`, `false` or `null`.
    func scalar() throws(ImportError) -> JSONValue {
        guard try peek() != nil else { throw try unexpected("a value") }
        let start = place
        var bytes: [UInt8] = []
        while let byte = try feed.peek(), Self.isScalar(byte), bytes.count < 128 {
            bytes.append(byte)
            feed.advance()
        }
        let isAtEnd = try feed.peek() == nil
        let word = String(decoding: bytes, as: UTF8.self)
        switch word {
        case "null": return .null
        case "true": return .flag(true)
        case "false": return .flag(false)
        default:
            let first = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst().first : bytes.first
            let isDecimal = !bytes.contains { (0x61...0x7a).contains($0) && $0 != UInt8(ascii: "e") }
            if let first, (0x30...0x39).contains(first), isDecimal, Double(word) != nil {
                return .number(word)
            }
            // Half a word at the very end is what a cut leaves.
            throw ImportError(
                code: isAtEnd ? .truncated : .malformed, place: start, reason: "no value where one must stand"
            )
        }
    }

    private static func isScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// What a backslash stands for; half a pair of surrogates for the replacement character.
    private func escape() throws(ImportError) -> Unicode.Scalar {
        guard let byte = try feed.peek() else { throw try unexpected("the end of a text") }
        feed.advance()
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode()
        default: throw ImportError(code: .malformed, place: place, reason: "an escape that is none")
        }
    }

    private func unicode() throws(ImportError) -> Unicode.Scalar {
        let first = try hex()
        guard (0xd800..<0xdc00).contains(first) else { return Unicode.Scalar(first) ?? "\u{fffd}" }
        guard try feed.peek() == UInt8(ascii: "\\") else { return "\u{fffd}" }
        feed.advance()
        guard try feed.peek() == UInt8(ascii: "u") else { return try escape() }
        feed.advance()
        let second = try hex()
        guard (0xdc00..<0xe000).contains(second) else { return Unicode.Scalar(second) ?? "\u{fffd}" }
        return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)) ?? "\u{fffd}"
    }

    private func hex() throws(ImportError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = try feed.peek() else { throw try unexpected("the end of a text") }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw ImportError(code: .malformed, place: place, reason: "an escape that is none")
            }
            value = value << 4 | UInt32(digit)
            feed.advance()
        }
        return value
    }
}
