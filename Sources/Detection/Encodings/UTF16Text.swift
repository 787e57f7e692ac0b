/// Text of which every second byte is zero: UTF-16, whole files of it and strings in programs.
///
/// Characters above U+00FF end a run; what stands on both sides of them is seen.
struct UTF16Text: TextEncoding {
    let isSparse = false

    /// The fewest characters that are worth a look in content.
    private static let shortest = 16

    func decode(
        _ bytes: Span<UInt8>, _ search: RunSearch, into text: inout DecodedText
    ) {
        let shortest = search.isShort ? search.shortest / 2 : Self.shortest
        var position = 0
        while let place = WordSearch.first(
            in: bytes, from: position, stride: search.isShort ? 1 : 2 * Self.shortest - 8, isLong: false,
            where: WordSearch.isWide)
        {
            let run = Self.run(around: bytes[place] == 0 ? place + 1 : place, in: bytes, from: position)
            position = run.upperBound
            guard run.count >= 2 * shortest else { continue }
            let isLittle = Self.isLittleEndian(run, in: bytes)
            text.begin(isLittle ? "utf-16le" : "utf-16be")
            var character = run.lowerBound
            while character < run.upperBound {
                let byte = bytes[character]
                let unit = isLittle ? character : character - 1
                if byte < 0x80 {
                    text.append(byte, from: unit, width: 2)
                } else {
                    text.append([0xc0 | byte >> 6, 0x80 | byte & 0x3f], fromAll: unit..<unit + 2)
                }
                character += 2
            }
            text.finish(shortest: shortest)
        }
    }

    /// From the first to behind the last of the characters around the one at `place`, zeros between them.
    private static func run(around place: Int, in bytes: Span<UInt8>, from limit: Int) -> Range<Int> {
        var start = place
        while start - 2 >= limit, bytes[start - 1] == 0, isText(bytes[start - 2]) { start -= 2 }
        var end = place
        while end + 2 < bytes.count, bytes[end + 1] == 0, isText(bytes[end + 2]) { end += 2 }
        return start..<min(end + 2, bytes.count + 1)
    }

    private static func isText(_ byte: UInt8) -> Bool { PlainText.isPrintable(byte) || byte >= 0xa0 }

    /// Which of two bytes is the character where both sides of the run have a zero, even places tell.
    private static func isLittleEndian(_ run: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        let hasBefore = run.lowerBound > 0 && bytes[run.lowerBound - 1] == 0
        let hasBehind = run.upperBound <= bytes.count && bytes[run.upperBound - 1] == 0
        guard hasBefore == hasBehind else { return hasBehind }
        return run.lowerBound.isMultiple(of: 2)
    }
}
