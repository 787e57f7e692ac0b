/// Text of which every second byte is zero: UTF-16, whole files of it and strings in programs.
///
/// In content without a mark of the byte order, characters above U+00FF end a run; what stands on both sides of them is
/// seen. Where what follows a mark turns out to be text in the other order, or moved by a byte, the mark counts no more.
struct UTF16Text: TextEncoding {
    let isSparse = false

    /// The fewest characters that are worth a look in content.
    private static let shortest = 16
    /// So many characters in a row that would be Latin ones in the other order are no accident.
    private static let turned = 8

    func decode(
        _ bytes: Span<UInt8>, _ search: RunSearch, into text: inout DecodedText
    ) {
        if !search.isContinued, let isLittle = Self.byteOrder(of: bytes) {
            let end = decodeWhole(bytes, isLittle: isLittle, into: &text)
            guard end < bytes.count else { return }
            return decodeRuns(bytes, from: end, search, into: &text)
        }
        decodeRuns(bytes, from: 0, search, into: &text)
    }

    private func decodeRuns(
        _ bytes: Span<UInt8>, from start: Int, _ search: RunSearch, into text: inout DecodedText
    ) {
        let shortest = search.isShort ? search.shortest / 2 : Self.shortest
        var position = start
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
                // The zero behind the last character may be missing.
                let isWhole = unit + 2 <= bytes.count
                if byte < 0x80, isWhole {
                    text.append(byte, from: unit, width: 2)
                } else {
                    text.append(
                        byte < 0x80 ? [byte] : [0xc0 | byte >> 6, 0x80 | byte & 0x3f],
                        fromAll: unit..<(isWhole ? unit + 2 : bytes.count))
                }
                character += 2
            }
            text.finish(shortest: shortest)
        }
    }

    /// From the first to behind the last of the characters around the one at `place`, zeros between them.
    private static func run(around place: Int, in bytes: Span<UInt8>, from limit: Int) -> Range<Int> {
        var place = place
        // The word that was found may begin with control characters, which are no part of a run.
        while place + 2 < bytes.count, !isText(bytes[place]), bytes[place + 1] == 0 { place += 2 }
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

    /// What the mark at the beginning says, if there is one and text behind it.
    private static func byteOrder(of bytes: Span<UInt8>) -> Bool? {
        guard bytes.count >= 6 else { return nil }
        switch (bytes[0], bytes[1]) {
        case (0xff, 0xfe) where bytes[3] != 0 || isText(bytes[2]): return true
        case (0xfe, 0xff) where bytes[2] != 0 || isText(bytes[3]): return false
        default: return nil
        }
    }

    /// All that follows the mark, control characters and what is no character left out; where it ends.
    private func decodeWhole(_ bytes: Span<UInt8>, isLittle: Bool, into text: inout DecodedText) -> Int {
        let name = isLittle ? "utf-16le" : "utf-16be"
        func unit(_ place: Int) -> UInt32 {
            let (first, second) = (UInt32(bytes[place]), UInt32(bytes[place + 1]))
            return isLittle ? second << 8 | first : first << 8 | second
        }
        /// How many units from here on have text in the high byte and nothing in the low one.
        func turned(_ place: Int) -> Int {
            var count = 0
            while count < Self.turned, place + 2 * count + 1 < bytes.count {
                let unit = unit(place + 2 * count)
                guard unit & 0xff == 0, Self.isText(UInt8(unit >> 8)) else { break }
                count += 1
            }
            return count
        }
        text.begin(name)
        var place = 2
        while place + 1 < bytes.count {
            if turned(place) == Self.turned {
                text.finish(shortest: 4)
                // Moved by a byte, its first character lies before.
                return max(2, place - 2)
            }
            var character = unit(place)
            var width = 2
            if character >> 10 == 0x36, place + 3 < bytes.count, unit(place + 2) >> 10 == 0x37 {
                character = 0x10000 + (character & 0x3ff) << 10 + unit(place + 2) & 0x3ff
                width = 4
            }
            if character < 0x80, PlainText.isPrintable(UInt8(character)) {
                text.append(UInt8(character), from: place, width: width)
            } else if character >= 0xa0, let scalar = Unicode.Scalar(character) {
                text.append(Array(String(scalar).utf8), fromAll: place..<place + width)
            } else {
                text.finish(shortest: 4)
                text.begin(name)
            }
            place += width
        }
        text.finish(shortest: 4)
        return bytes.count
    }
}
