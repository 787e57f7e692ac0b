/// Files of text of four bytes a character.
///
/// They begin with a byte order mark or are known by their zeros, as is what goes on in a later window.
struct UTF32Text: TextEncoding {
    let isSparse = false

    /// So many characters in a row whose other three bytes are zero are no accident.
    private static let telling = 16

    func decode(_ bytes: Span<UInt8>, _ search: RunSearch, into text: inout DecodedText) {
        guard bytes.count >= 8 else { return }
        let mark = Self.character(at: 0, in: bytes, isLittle: true)
        if !search.isContinued, mark == 0xfeff || mark == 0xfffe_0000 {
            decode(bytes, from: 4, isLittle: mark == 0xfeff, into: &text)
        } else {
            for isLittle in [true, false] where Self.begins(bytes, isLittle: isLittle) {
                return decode(bytes, from: 0, isLittle: isLittle, into: &text)
            }
        }
    }

    private static func begins(_ bytes: Span<UInt8>, isLittle: Bool) -> Bool {
        guard bytes.count >= 4 * telling else { return false }
        return (0..<telling).allSatisfy {
            let character = character(at: 4 * $0, in: bytes, isLittle: isLittle)
            return character < 0x80 && PlainText.isPrintable(UInt8(character))
        }
    }

    private static func character(at place: Int, in bytes: Span<UInt8>, isLittle: Bool) -> UInt32 {
        (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[place + (isLittle ? 3 - $1 : $1)]) }
    }

    /// All that follows, control characters and what is no character left out.
    private func decode(_ bytes: Span<UInt8>, from start: Int, isLittle: Bool, into text: inout DecodedText) {
        let name = isLittle ? "utf-32le" : "utf-32be"
        text.begin(name)
        for place in stride(from: start, through: bytes.count - 4, by: 4) {
            let character = Self.character(at: place, in: bytes, isLittle: isLittle)
            if character < 0x80, PlainText.isPrintable(UInt8(character)) {
                text.append(UInt8(character), from: place, width: 4)
            } else if character >= 0xa0, let scalar = Unicode.Scalar(character) {
                text.append(Array(String(scalar).utf8), fromAll: place..<place + 4)
            } else {
                text.finish(shortest: 4)
                text.begin(name)
            }
        }
        text.finish(shortest: 4)
    }
}
