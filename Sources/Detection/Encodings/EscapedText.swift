/// Text in which some characters stand as escapes behind a marker, and all others for themselves.
///
/// What surrounds escapes is decoded with them, so that rules see the name before a value and the value's end.
protocol EscapedText: TextEncoding {
    /// As in `within`.
    var name: String { get }
    var marker: UInt8 { get }

    /// The escape whose marker stands at `place`; nil where it is none.
    func escape(at place: Int, in bytes: Span<UInt8>) -> Escape?
}

extension EscapedText {
    var isSparse: Bool { true }

    /// How much before and behind an escape belongs to it.
    private static var context: Int { 256 }
    /// A word that goes on behind that is taken whole, up to this length.
    private static var longestWord: Int { ImageScanner.overlap }

    func decode(_ bytes: Span<UInt8>, _ search: RunSearch, into text: inout DecodedText) {
        decodeEscapes(of: bytes, search, into: &text)
    }

    func decodeEscapes(of bytes: Span<UInt8>, _ search: RunSearch, into text: inout DecodedText) {
        var position = 0
        while let first = telling(in: bytes, from: position) {
            let start = beginning(before: first, in: bytes, from: position)
            text.begin(name)
            position = decode(from: start, in: bytes, telling: first, into: &text)
            text.finish(shortest: search.shortest / 2)
        }
    }

    /// Where the first escape stands from `start` on that makes a difference to what rules see.
    private func telling(in bytes: Span<UInt8>, from start: Int) -> Int? {
        var position = start
        while let place = MarkerSearch.first(marker, in: bytes, from: position) {
            if let escape = escape(at: place, in: bytes), escape.isTelling,
                isText(around: place, escape.width, in: bytes)
            {
                return place
            }
            position = place + 1
        }
        return nil
    }

    /// Programs hold every sequence of bytes somewhere.
    private func isText(around place: Int, _ width: Int, in bytes: Span<UInt8>) -> Bool {
        let range = max(0, place - 4)..<min(bytes.count, place + width + 4)
        for position in range where !PlainText.isPrintable(bytes[position]) && bytes[position] < 0x80 {
            return false
        }
        return true
    }

    private func beginning(before place: Int, in bytes: Span<UInt8>, from limit: Int) -> Int {
        var start = place
        let farthest = max(limit, place - Self.context)
        while start > farthest, bytes[start - 1] != 0 { start -= 1 }
        guard start > limit, start == farthest else { return start }
        // In the middle of a word no pattern may begin.
        while start < place, PlainText.isWord(bytes[start]) { start += 1 }
        return start
    }

    /// Decodes from `start` to where no more escapes follow; returns where that is.
    private func decode(
        from start: Int, in bytes: Span<UInt8>, telling first: Int, into text: inout DecodedText
    ) -> Int {
        var position = start
        var end = min(bytes.count, first + Self.context)
        var isWhole = false
        while true {
            let next = MarkerSearch.first(marker, in: bytes.extracting(..<end), from: position)
            guard let place = next else {
                if isWhole { break }
                isWhole = true
                let farthest = min(bytes.count, end + Self.longestWord)
                while end < farthest, PlainText.isWord(bytes[end]) || bytes[end] == marker { end += 1 }
                continue
            }
            guard let escape = escape(at: place, in: bytes) else {
                text.append(bytes.extracting(position..<place + 1), from: position)
                position = place + 1
                continue
            }
            text.append(bytes.extracting(position..<place), from: position)
            if let character = escape.character {
                append(character, from: place, width: escape.width, to: &text)
            }
            position = place + escape.width
            guard escape.isTelling else { continue }
            end = max(end, min(bytes.count, position + Self.context))
            isWhole = false
        }
        if position < end { text.append(bytes.extracting(position..<end), from: position) }
        return max(position, end)
    }
}

extension EscapedText {
    private func append(_ character: UInt32, from place: Int, width: Int, to text: inout DecodedText) {
        if character < 0x80 {
            text.append(UInt8(character), from: place, width: width)
        } else {
            let character = Unicode.Scalar(character) ?? "?"
            text.append(Array(String(character).utf8), fromAll: place..<place + width)
        }
    }
}

/// One escaped character.
struct Escape {
    /// In bytes as search.
    let width: Int
    /// As Unicode counts it; nil where it stands for nothing, and what is on both sides belongs together.
    let character: UInt32?
    /// Whether it may hide something; a line break at the end of a string does not.
    let isTelling: Bool
}

extension Escape {
    /// The number that `count` hexadecimal digits at `place` stand for.
    static func hexadecimal(_ count: Int, at place: Int, in bytes: Span<UInt8>) -> UInt32? {
        guard place + count <= bytes.count else { return nil }
        var number: UInt32 = 0
        for position in place..<place + count {
            let digit: UInt8
            switch bytes[position] {
            case let byte where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"):
                digit = byte - UInt8(ascii: "0")
            case let byte where byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"):
                digit = byte - UInt8(ascii: "a") + 10
            case let byte where byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "F"):
                digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            number = number << 4 | UInt32(digit)
        }
        return number
    }
}
