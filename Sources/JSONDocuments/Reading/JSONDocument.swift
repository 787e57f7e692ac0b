/// The bytes of a whole document, and the texts that were read of it last.
final class JSONDocument {
    /// Texts that need no memory of their own are not kept.
    private static let longestInline = 15
    private static let slots = 1024

    let bytes: [UInt8]
    /// Where its value begins.
    let start: Int
    /// In the order of their beginnings.
    private let extents: [JSONExtent]
    /// Texts by their length and ends: most of a long document says the same again and again.
    private var known = [String](repeating: "", count: slots)

    /// Throws a `DecodingError` where the bytes are no JSON.
    init(_ bytes: [UInt8]) throws {
        guard let extents = JSONSyntax.extents(of: bytes.span) else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "is no whole JSON"))
        }
        self.bytes = bytes
        self.extents = extents
        start = Self.skippingSpace(in: bytes, from: 0)
    }

    static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x41 + 10)
        case 0x61...0x66: UInt32(byte - 0x61 + 10)
        default: nil
        }
    }

    /// The first position from `position` at which no white space stands.
    func skippingSpace(from position: Int) -> Int { Self.skippingSpace(in: bytes, from: position) }

    private static func skippingSpace(in bytes: [UInt8], from position: Int) -> Int {
        var position = position
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
        return position
    }

    /// The position behind the value that begins at `start`.
    func end(ofValueAt start: Int) -> Int {
        switch bytes[start] {
        case UInt8(ascii: "\""): end(ofTextAt: start)
        case UInt8(ascii: "{"), UInt8(ascii: "["): knownEnd(of: start) ?? end(ofBracketsAt: start)
        default: end(ofWordAt: start)
        }
    }

    private func knownEnd(of start: Int) -> Int? {
        var (low, high) = (0, extents.count)
        while low < high {
            let middle = (low + high) / 2
            if extents[middle].start < start { low = middle + 1 } else { high = middle }
        }
        return low < extents.count && extents[low].start == start ? extents[low].end : nil
    }

    private func end(ofBracketsAt start: Int) -> Int {
        let bytes = bytes
        return Self.end(ofBracketsAt: start, in: bytes.span)
    }

    private static func end(ofBracketsAt start: Int, in bytes: Span<UInt8>) -> Int {
        var depth = 0
        var position = start
        while true {
            switch bytes[position] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return position + 1 }
            case UInt8(ascii: "\""): position = end(ofTextAt: position, in: bytes) - 1
            default: break
            }
            position += 1
        }
    }

    private func end(ofTextAt start: Int) -> Int {
        // A span reaches no further than what it is of.
        let bytes = bytes
        return Self.end(ofTextAt: start, in: bytes.span)
    }

    private static func end(ofTextAt start: Int, in bytes: Span<UInt8>) -> Int {
        var position = start + 1
        while bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return position + 1
    }

    /// Of a number, or of `true`, `false` or `null`.
    private func end(ofWordAt start: Int) -> Int {
        var position = start
        while position < bytes.count {
            switch bytes[position] {
            case ...0x20, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): return position
            default: position += 1
            }
        }
        return position
    }

    /// What the number or word that begins at `start` says.
    func word(at start: Int) -> String {
        String(decoding: bytes[start..<end(ofWordAt: start)], as: UTF8.self)
    }

    /// The text that begins at `start`; nil where it is none, or has an escape that stands for no character.
    func text(at start: Int) -> String? {
        guard bytes[start] == UInt8(ascii: "\"") else { return nil }
        let inside = bytes[start + 1..<end(ofTextAt: start) - 1]
        guard !inside.contains(UInt8(ascii: "\\")) else { return Self.unescaped(inside) }
        guard inside.count > Self.longestInline else { return String(decoding: inside, as: UTF8.self) }
        var slot = inside.count
        for place in [1, inside.count / 2, inside.count - 2, inside.count - 1] {
            slot = slot &* 31 &+ Int(inside[inside.startIndex + place])
        }
        slot &= Self.slots - 1
        if Self.isSame(known[slot], inside) { return known[slot] }
        let text = String(decoding: inside, as: UTF8.self)
        known[slot] = text
        return text
    }

    private static func isSame(_ text: String, _ bytes: ArraySlice<UInt8>) -> Bool {
        let (known, wanted) = (text.utf8Span.span, bytes.span)
        guard known.count == wanted.count else { return false }
        for position in known.indices where known[position] != wanted[position] { return false }
        return true
    }

    private static func unescaped(_ inside: ArraySlice<UInt8>) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(inside.count)
        var rest = inside
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let name = rest.popFirst() else {
                result.append(byte)
                continue
            }
            switch name {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0c)
            case UInt8(ascii: "n"): result.append(0x0a)
            case UInt8(ascii: "r"): result.append(0x0d)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                guard let scalar = scalar(&rest) else { return nil }
                result += Array(String(Character(scalar)).utf8)
            default: result.append(name)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The character of an escape, of which its `\u` is passed; nil for half of one.
    private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
        let first = unit(&rest)
        guard (0xd800..<0xdc00).contains(first) else { return Unicode.Scalar(first) }
        guard rest.starts(with: "\\u".utf8) else { return nil }
        rest = rest.dropFirst(2)
        let second = unit(&rest)
        guard (0xdc00..<0xe000).contains(second) else { return nil }
        return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
    }

    private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt32 {
        let value = rest.prefix(4).reduce(0) { $0 << 4 | (hexValue($1) ?? 0) }
        rest = rest.dropFirst(4)
        return value
    }
}
