/// Looks over a document: whether it is one value of JSON (RFC 8259), in UTF-8, and nothing beside it.
struct JSONSyntax {
    /// Values deeper than that are in no document of ours.
    private static let deepest = 512

    private enum Expected { case value, firstElement, firstKey, key, colon, separator }

    /// Of the objects and lists that are open: whether it is an object, and its place in the list of extents.
    private var open: [(isObject: Bool, extent: Int?)] = []
    private var extents: [JSONExtent] = []
    private var expected = Expected.value
    private var position = 0

    /// Where objects and lists of `bytes` begin and end, the outer ones only; nil where not all of it is a value.
    static func extents(of bytes: Span<UInt8>) -> [JSONExtent]? {
        guard (try? UTF8Span(validating: bytes)) != nil else { return nil }
        var syntax = JSONSyntax()
        while syntax.position < bytes.count {
            guard syntax.step(bytes) else { return nil }
        }
        return syntax.open.isEmpty && syntax.expected == .separator ? syntax.extents : nil
    }

    private mutating func step(_ bytes: Span<UInt8>) -> Bool {
        let byte = bytes[position]
        switch (byte, expected) {
        case (0x20, _), (0x09, _), (0x0a, _), (0x0d, _): position += 1
        case (UInt8(ascii: "\""), .key), (UInt8(ascii: "\""), .firstKey):
            expected = .colon
            return passString(bytes)
        case (UInt8(ascii: ":"), .colon):
            expected = .value
            position += 1
        case (UInt8(ascii: ","), .separator):
            guard let last = open.last else { return false }
            expected = last.isObject ? .key : .value
            position += 1
        case (UInt8(ascii: "}"), .firstKey), (UInt8(ascii: "}"), .separator): return close(isObject: true)
        case (UInt8(ascii: "]"), .firstElement), (UInt8(ascii: "]"), .separator):
            return close(isObject: false)
        case (_, .value), (_, .firstElement): return passValue(bytes)
        default: return false
        }
        return true
    }

    private mutating func close(isObject: Bool) -> Bool {
        guard let ended = open.popLast(), ended.isObject == isObject else { return false }
        expected = .separator
        position += 1
        if let extent = ended.extent { extents[extent].end = position }
        return true
    }

    private mutating func passValue(_ bytes: Span<UInt8>) -> Bool {
        switch bytes[position] {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let isObject = bytes[position] == UInt8(ascii: "{")
            let isOuter = open.count < JSONExtent.deepest
            open.append((isObject, isOuter ? extents.count : nil))
            if isOuter { extents.append(JSONExtent(start: position, end: position)) }
            expected = isObject ? .firstKey : .firstElement
            position += 1
            return open.count <= Self.deepest
        case UInt8(ascii: "\""):
            expected = .separator
            return passString(bytes)
        case UInt8(ascii: "t"): return pass("true", bytes)
        case UInt8(ascii: "f"): return pass("false", bytes)
        case UInt8(ascii: "n"): return pass("null", bytes)
        default: return passNumber(bytes)
        }
    }

    private mutating func pass(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
        expected = .separator
        for wanted in "\(word)".utf8 {
            guard position < bytes.count, bytes[position] == wanted else { return false }
            position += 1
        }
        return true
    }

    private mutating func passNumber(_ bytes: Span<UInt8>) -> Bool {
        expected = .separator
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let isZero = position < bytes.count && bytes[position] == UInt8(ascii: "0")
        let whole = passDigits(bytes)
        guard whole == 1 || (whole > 1 && !isZero) else { return false }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            guard passDigits(bytes) > 0 else { return false }
        }
        guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else { return true }
        position += 1
        if position < bytes.count,
            bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
        {
            position += 1
        }
        return passDigits(bytes) > 0
    }

    private mutating func passDigits(_ bytes: Span<UInt8>) -> Int {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        return position - start
    }

    private mutating func passString(_ bytes: Span<UInt8>) -> Bool {
        position += 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return true
            case UInt8(ascii: "\\"):
                guard passEscape(bytes) else { return false }
            case ..<0x20: return false
            default: position += 1
            }
        }
        return false
    }

    /// An escape of half a character is found where it is read.
    private mutating func passEscape(_ bytes: Span<UInt8>) -> Bool {
        guard position + 1 < bytes.count else { return false }
        switch bytes[position + 1] {
        case UInt8(ascii: "u"):
            guard position + 6 <= bytes.count else { return false }
            for digit in position + 2..<position + 6 where JSONDocument.hexValue(bytes[digit]) == nil {
                return false
            }
            position += 6
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        default: return false
        }
        return true
    }
}
