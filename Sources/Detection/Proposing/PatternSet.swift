/// What one character of a pattern can be: classes in brackets, and escapes.
enum PatternSet {
    static let lineBreaks: [UInt8] = [0x0a, 0x0b, 0x0c, 0x0d, 0x85]
    static let anyButNewline = (UInt8.min...UInt8.max).filter { $0 != 0x0a }

    /// What stands behind `[`; goes behind the `]`.
    static func parse(_ text: [UInt8], _ position: inout Int) -> [UInt8]? {
        var isNegated = false
        if position < text.count, text[position] == UInt8(ascii: "^") {
            isNegated = true
            position += 1
        }
        var members: Set<UInt8> = []
        var isFirst = true
        while position < text.count, isFirst || text[position] != UInt8(ascii: "]") {
            isFirst = false
            if let named = named(text, &position) {
                members.formUnion(named)
                continue
            }
            guard let part = member(text, &position) else { return nil }
            let isRange =
                part.count == 1 && position + 1 < text.count && text[position] == UInt8(ascii: "-")
                && text[position + 1] != UInt8(ascii: "]")
            guard isRange else {
                members.formUnion(part)
                continue
            }
            position += 1
            guard let end = member(text, &position), end.count == 1, part[0] <= end[0] else { return nil }
            members.formUnion(part[0]...end[0])
        }
        guard position < text.count else { return nil }
        position += 1
        let all = UInt8.min...UInt8.max
        return isNegated ? all.filter { !members.contains($0) } : members.sorted()
    }

    private static func member(_ text: [UInt8], _ position: inout Int) -> [UInt8]? {
        guard position < text.count else { return nil }
        let byte = text[position]
        position += 1
        guard byte == UInt8(ascii: "\\") else { return [byte] }
        if position < text.count, text[position] == UInt8(ascii: "b") {
            position += 1
            return [0x08]
        }
        return escaped(text, &position)
    }

    /// `[:alpha:]`.
    private static func named(_ text: [UInt8], _ position: inout Int) -> [UInt8]? {
        for (name, members) in names where text[position...].starts(with: "[:\(name):]".utf8) {
            position += name.utf8.count + 4
            return members
        }
        return nil
    }

    private static let lower = Array(UInt8(ascii: "a")...UInt8(ascii: "z"))
    private static let upper = Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    private static let digits = Array(UInt8(ascii: "0")...UInt8(ascii: "9"))
    private static let blanks: [UInt8] = [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20]
    private static let words = digits + upper + [UInt8(ascii: "_")] + lower

    private static let names: [(String, [UInt8])] = [
        ("alpha", upper + lower), ("digit", digits), ("alnum", digits + upper + lower), ("lower", lower),
        ("upper", upper), ("space", blanks), ("word", words), ("blank", [0x09, 0x20]),
        (
            "xdigit",
            digits + Array(UInt8(ascii: "A")...UInt8(ascii: "F"))
                + Array(UInt8(ascii: "a")...UInt8(ascii: "f"))
        ),
        ("punct", (0x21...0x7e).filter { !words.contains($0) || $0 == UInt8(ascii: "_") }),
        ("print", Array(0x20...0x7e)), ("graph", Array(0x21...0x7e)), ("cntrl", Array(0x00...0x1f) + [0x7f]),
        ("ascii", Array(0x00...0x7f)),
    ]

    /// What stands behind a backslash; goes behind it.
    static func escaped(_ text: [UInt8], _ position: inout Int) -> [UInt8]? {
        guard position < text.count else { return nil }
        let byte = text[position]
        position += 1
        let all = UInt8.min...UInt8.max
        switch byte {
        case UInt8(ascii: "d"): return digits
        case UInt8(ascii: "D"): return all.filter { !digits.contains($0) }
        case UInt8(ascii: "w"): return words
        case UInt8(ascii: "W"): return all.filter { !words.contains($0) }
        case UInt8(ascii: "s"): return blanks
        case UInt8(ascii: "S"): return all.filter { !blanks.contains($0) }
        case UInt8(ascii: "h"): return [0x09, 0x20, 0xa0]
        case UInt8(ascii: "H"): return all.filter { ![0x09, 0x20, 0xa0].contains($0) }
        case UInt8(ascii: "v"): return lineBreaks
        case UInt8(ascii: "V"): return all.filter { !lineBreaks.contains($0) }
        case UInt8(ascii: "N"): return anyButNewline
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "e"): return [0x1b]
        case UInt8(ascii: "a"): return [0x07]
        case UInt8(ascii: "0"): return [0x00]
        case UInt8(ascii: "x"): return hexadecimal(text, &position)
        default: return (0x30...0x39).contains(byte) || isLetter(byte) ? nil : [byte]
        }
    }

    private static func hexadecimal(_ text: [UInt8], _ position: inout Int) -> [UInt8]? {
        var digits: [UInt8] = []
        if position < text.count, text[position] == UInt8(ascii: "{") {
            guard let end = text[position...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
            digits = Array(text[(position + 1)..<end])
            position = end + 1
        } else {
            while digits.count < 2, position < text.count, names[8].1.contains(text[position]) {
                digits.append(text[position])
                position += 1
            }
        }
        return UInt8(digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self), radix: 16).map { [$0] }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
}
