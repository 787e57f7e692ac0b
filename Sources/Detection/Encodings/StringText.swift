/// Escapes in strings of JSON, and of JavaScript, Java, Python and C where they are the same.
struct StringText: EscapedText {
    let name = "json-string"
    let marker = UInt8(ascii: "\\")

    func escape(at place: Int, in bytes: Span<UInt8>) -> Escape? {
        guard place + 1 < bytes.count else { return nil }
        let next = place + 2 < bytes.count ? bytes[place + 2] : 0
        switch bytes[place + 1] {
        case UInt8(ascii: "n"): return short("\n", isTelling: goesOn(next))
        case UInt8(ascii: "r"): return short("\r", isTelling: goesOn(next))
        case UInt8(ascii: "t"): return short("\t", isTelling: goesOn(next))
        case UInt8(ascii: "/"): return short("/", isTelling: goesOn(next))
        case UInt8(ascii: "\""):
            let before = place > 0 ? bytes[place - 1] : 0
            return short("\"", isTelling: goesOn(next) || goesOn(before))
        case UInt8(ascii: "'"): return short("'", isTelling: false)
        case marker: return short("\\", isTelling: "nrtu\"/".utf8.contains(next))
        case UInt8(ascii: "u"): return number(of: 4, at: place, in: bytes)
        case UInt8(ascii: "x"): return number(of: 2, at: place, in: bytes)
        default: return nil
        }
    }

    private func short(_ character: Unicode.Scalar, isTelling: Bool) -> Escape {
        Escape(width: 2, character: character.value, isTelling: isTelling)
    }

    private func number(of digits: Int, at place: Int, in bytes: Span<UInt8>) -> Escape? {
        guard let number = Escape.hexadecimal(digits, at: place + 2, in: bytes),
            digits == 4 || number < 0x80
        else { return nil }
        return Escape(
            width: digits + 2, character: number,
            isTelling: number < 0x80 && PlainText.isPrintable(UInt8(number)))
    }

    private func goesOn(_ byte: UInt8) -> Bool { PlainText.isWord(byte) }
}
