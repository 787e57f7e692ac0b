/// Puts the members of every object in JSON without white space into the order of their keys' UTF-16 code units.
///
/// It reads only what our own encoder wrote, so it takes the text to be well formed.
struct KeySorter {
    private struct Member {
        let key: [UInt16]
        let bytes: [UInt8]
    }

    private let input: [UInt8]
    private var position = 0

    static func sorted(_ json: [UInt8]) -> [UInt8] {
        var sorter = KeySorter(input: json)
        return sorter.value()
    }

    private init(input: [UInt8]) { self.input = input }

    private var next: UInt8? { position < input.count ? input[position] : nil }

    private mutating func value() -> [UInt8] {
        switch next {
        case UInt8(ascii: "{"): object()
        case UInt8(ascii: "["): array()
        case UInt8(ascii: "\""): string()
        default: word()
        }
    }

    private mutating func object() -> [UInt8] {
        position += 1
        var members: [Member] = []
        while let byte = next, byte != UInt8(ascii: "}") {
            if byte == UInt8(ascii: ",") { position += 1 }
            let key = string()
            position += 1
            members.append(Member(key: Self.codeUnits(key), bytes: key + [UInt8(ascii: ":")] + value()))
        }
        position += 1
        members.sort { $0.key.lexicographicallyPrecedes($1.key) }
        return Self.enclosed(members.map(\.bytes), in: "{", "}")
    }

    private mutating func array() -> [UInt8] {
        position += 1
        var elements: [[UInt8]] = []
        while let byte = next, byte != UInt8(ascii: "]") {
            if byte == UInt8(ascii: ",") { position += 1 }
            elements.append(value())
        }
        position += 1
        return Self.enclosed(elements, in: "[", "]")
    }

    private mutating func string() -> [UInt8] {
        let start = position
        position += 1
        while let byte = next, byte != UInt8(ascii: "\"") {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
        return Array(input[start..<min(position, input.count)])
    }

    private mutating func word() -> [UInt8] {
        let start = position
        while let byte = next, !",]}".utf8.contains(byte) { position += 1 }
        return Array(input[start..<position])
    }

    private static func enclosed(_ parts: [[UInt8]], in open: Unicode.Scalar, _ close: Unicode.Scalar)
        -> [UInt8]
    {
        [UInt8(ascii: open)] + Array(parts.joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: close)]
    }

    /// What the key says: its quotes off, its escapes undone.
    private static func codeUnits(_ key: [UInt8]) -> [UInt16] {
        var result: [UInt16] = []
        var rest = Array(String(decoding: key.dropFirst().dropLast(), as: UTF8.self).utf16)[...]
        while let unit = rest.popFirst() {
            guard unit == 0x5c, let escape = rest.popFirst() else {
                result.append(unit)
                continue
            }
            switch escape {
            case 0x62: result.append(0x08)
            case 0x66: result.append(0x0c)
            case 0x6e: result.append(0x0a)
            case 0x72: result.append(0x0d)
            case 0x74: result.append(0x09)
            case 0x75:
                result.append(UInt16(String(decoding: rest.prefix(4), as: UTF16.self), radix: 16) ?? 0)
                rest = rest.dropFirst(4)
            default: result.append(escape)
            }
        }
        return result
    }
}
