/// What stands between two lines of text that was wrapped, such as base64: a break, and whatever the file's form asks for.
enum LineBreak {
    /// As attributes of XML have breaks, such as office programs write.
    private static let references = ["&#xA;", "&#10;", "&#xD;&#xA;", "&#13;&#10;"].map { Array($0.utf8) }

    /// Where the next line's text begins, if nothing but a break stands between `end` and that: with blanks behind it, in an
    /// attribute of XML, or between two literals of source code that are put together.
    static func next(after end: Int, in bytes: Span<UInt8>) -> Int? {
        guard end < bytes.count else { return nil }
        switch bytes[end] {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return plain(at: end, in: bytes)
        case UInt8(ascii: "&"): return reference(at: end, in: bytes)
        case UInt8(ascii: "\\"):
            // Either the line goes on, or a break stands before the literal's end.
            let next = end + 1
            guard next < bytes.count, bytes[next] == UInt8(ascii: "n") else {
                return plain(at: next, in: bytes)
            }
            return literal(at: next + 1, in: bytes)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return literal(at: end, in: bytes)
        default: return nil
        }
    }

    private static func plain(at start: Int, in bytes: Span<UInt8>) -> Int? {
        var place = start
        if place < bytes.count, bytes[place] == UInt8(ascii: "\r") { place += 1 }
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\n") else { return nil }
        return behindBlanks(from: place + 1, in: bytes)
    }

    private static func reference(at start: Int, in bytes: Span<UInt8>) -> Int? {
        let reference = references.first { reference in
            start + reference.count <= bytes.count
                && reference.indices.allSatisfy { bytes[start + $0] == reference[$0] }
        }
        return reference.map { behindBlanks(from: start + $0.count, in: bytes) }
    }

    /// A literal's end, the sign by which many languages put two together, on either line, and the next one's beginning.
    private static func literal(at start: Int, in bytes: Span<UInt8>) -> Int? {
        guard start < bytes.count, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[start]) else {
            return nil
        }
        let end = behindSign(from: start + 1, in: bytes)
        guard let line = plain(at: end, in: bytes) else { return nil }
        let next = behindSign(from: line, in: bytes)
        return next < bytes.count && bytes[next] == bytes[start] ? next + 1 : nil
    }

    private static func behindSign(from start: Int, in bytes: Span<UInt8>) -> Int {
        let place = behindBlanks(from: start, in: bytes)
        guard place < bytes.count else { return place }
        switch bytes[place] {
        case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "\\"), UInt8(ascii: "&"):
            return behindBlanks(from: place + 1, in: bytes)
        default: return place
        }
    }

    private static func behindBlanks(from start: Int, in bytes: Span<UInt8>) -> Int {
        var place = start
        while place < bytes.count, bytes[place] == UInt8(ascii: " ") || bytes[place] == UInt8(ascii: "\t") {
            place += 1
        }
        return place
    }
}
