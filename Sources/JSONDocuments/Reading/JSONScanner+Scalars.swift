/// Text, numbers and the three words of JSON.
extension JSONScanner {
    /// Passes a text.
    mutating func text() throws(JSONFault) -> JSONNode {
        let start = position
        var hasEscapes = false
        position += 1
        while true {
            position = endOfPlain(from: position)
            guard position < bytes.count else { throw unexpected("the end of a text") }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return JSONNode(textAt: start, length: position - start - 2, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                guard let escape = JSONEscape(in: bytes, at: position) else { throw brokenEscape() }
                hasEscapes = true
                position += escape.length
            default:
                throw JSONFault(.malformed, at: position, of: bytes, "has a control character inside text")
            }
        }
    }

    /// The first byte from `start` that ends a text or is none of it as it stands.
    private func endOfPlain(from start: Int) -> Int {
        let span = bytes.span
        var position = start
        while position < span.count {
            let byte = span[position]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            position += 1
        }
        return position
    }

    private func brokenEscape() -> JSONFault {
        // The longest is a pair of surrogates.
        bytes.count - position < 12 && !bytes[position...].contains(UInt8(ascii: "\""))
            ? JSONFault(.truncated, at: bytes.count, of: bytes, "ends within a text")
            : JSONFault(.malformed, at: position, of: bytes, "has an escape that is none")
    }

    /// Passes a number, `true`, `false` or `null`.
    mutating func word() throws(JSONFault) -> JSONNode {
        let start = position
        switch bytes[position] {
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try number()
        }
        return JSONNode(wordAt: start, length: position - start)
    }

    private mutating func word(_ word: StaticString) throws(JSONFault) {
        for byte in word.description.utf8 {
            guard take(byte) else { throw unexpected("\(word)") }
        }
    }

    private mutating func number() throws(JSONFault) {
        _ = take(UInt8(ascii: "-"))
        // Nothing stands behind a leading zero.
        if !take(UInt8(ascii: "0")) { try digits("a value") }
        if take(UInt8(ascii: ".")) { try digits("a digit") }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits("a digit")
        }
    }

    private mutating func digits(_ wanted: String) throws(JSONFault) {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        if position == start { throw unexpected(wanted) }
    }
}
