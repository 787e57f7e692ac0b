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
}
