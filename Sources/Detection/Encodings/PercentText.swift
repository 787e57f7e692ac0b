/// Percent-encoding, as addresses and forms have it.
///
/// A plus sign stays one: in credentials it is one more often than it is a blank.
struct PercentText: EscapedText {
    let name = "percent"
    let marker = UInt8(ascii: "%")

    func escape(at place: Int, in bytes: Span<UInt8>) -> Escape? {
        guard let number = Escape.hexadecimal(2, at: place + 1, in: bytes), number < 0x80,
            PlainText.isPrintable(UInt8(number))
        else { return nil }
        return Escape(width: 3, character: number, isTelling: true)
    }

    /// The bytes that `text` stands for; nil where nothing in it is encoded.
    static func decoded(_ text: Span<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var place = 0
        while place < text.count {
            let number =
                text[place] == UInt8(ascii: "%") ? Escape.hexadecimal(2, at: place + 1, in: text) : nil
            bytes.append(number.map(UInt8.init) ?? text[place])
            place += number == nil ? 1 : 3
        }
        return bytes.count == text.count ? nil : bytes
    }
}
