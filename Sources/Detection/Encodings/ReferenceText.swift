/// Characters by their numbers, as HTML and XML have them: `&#65;` and `&#x41;`.
struct ReferenceText: EscapedText {
    let name = "character-references"
    let marker = UInt8(ascii: "&")

    /// Unicode has no longer numbers.
    private static let mostDigits = 7

    func escape(at place: Int, in bytes: Span<UInt8>) -> Escape? {
        guard place + 3 < bytes.count, bytes[place + 1] == UInt8(ascii: "#") else { return nil }
        let isHexadecimal = bytes[place + 2] | 0x20 == UInt8(ascii: "x")
        let start = place + (isHexadecimal ? 3 : 2)
        var number: UInt32 = 0
        var end = start
        while end < bytes.count, end - start < Self.mostDigits,
            let digit = Escape.hexadecimal(1, at: end, in: bytes), isHexadecimal || digit < 10
        {
            number = number * (isHexadecimal ? 16 : 10) + digit
            end += 1
        }
        guard end > start, end < bytes.count, bytes[end] == UInt8(ascii: ";") else { return nil }
        // Quotes and blanks stand like that in every page, and hide nothing.
        let isTelling =
            number < 0x80 && (PlainText.isWord(UInt8(number)) || "-+/=:.".utf8.contains(UInt8(number)))
        return Escape(width: end + 1 - place, character: number, isTelling: isTelling)
    }
}
