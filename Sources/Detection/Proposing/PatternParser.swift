/// Reads a PCRE2 pattern into a tree; gives up, with nil, on what it does not know.
///
/// PCRE2 itself decides whether a pattern is right. This only has to understand those that are.
struct PatternParser {
    private let text: [UInt8]
    private var position = 0
    private var ignoresCase = false
    private var ignoresBlanks = false
    private var depth = 0

    private static let deepest = 100

    static func parse(_ pattern: String) -> PatternNode? {
        var parser = PatternParser(text: Array(pattern.utf8))
        guard let node = parser.choice(), parser.position == parser.text.count else { return nil }
        return node
    }

    private init(text: [UInt8]) { self.text = text }

    private var next: UInt8? { position < text.count ? text[position] : nil }

    private mutating func take(_ word: String) -> Bool {
        guard text[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func skip(to ends: String) {
        while let byte = next, !ends.utf8.contains(byte) { position += 1 }
    }

    private mutating func choice() -> PatternNode? {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { return nil }
        var options: [PatternNode] = []
        repeat {
            guard let option = sequence() else { return nil }
            options.append(option)
        } while take("|")
        return options.count == 1 ? options[0] : .choice(options)
    }

    private mutating func sequence() -> PatternNode? {
        var parts: [PatternNode] = []
        while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            if ignoresBlanks, skipBlank(byte) { continue }
            guard let part = atom(), let whole = quantified(part) else { return nil }
            parts.append(whole)
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func skipBlank(_ byte: UInt8) -> Bool {
        if byte == UInt8(ascii: "#") {
            skip(to: "\n")
            return true
        }
        guard byte == 0x20 || (0x09...0x0d).contains(byte) else { return false }
        position += 1
        return true
    }

    private mutating func atom() -> PatternNode? {
        guard let byte = next else { return nil }
        position += 1
        switch byte {
        case UInt8(ascii: "("): return group()
        case UInt8(ascii: "["): return PatternSet.parse(text, &position).map { set($0) }
        case UInt8(ascii: "\\"): return escape()
        case UInt8(ascii: "."): return .set(PatternSet.anyButNewline)
        case UInt8(ascii: "^"), UInt8(ascii: "$"): return .empty
        default: return literal(byte)
        }
    }

    private func literal(_ byte: UInt8) -> PatternNode {
        let lower = byte | 0x20
        guard ignoresCase, (0x61...0x7a).contains(lower) else { return .byte(byte) }
        return .set([lower & 0xdf, lower])
    }

    private func set(_ bytes: [UInt8]) -> PatternNode {
        guard ignoresCase else { return .set(bytes) }
        let both = bytes.flatMap { byte in
            (0x61...0x7a).contains(byte | 0x20) ? [byte & 0xdf, byte | 0x20] : [byte]
        }
        return .set(Set(both).sorted())
    }

    private mutating func escape() -> PatternNode? {
        if take("Q") {
            var parts: [PatternNode] = []
            while let byte = next, !take("\\E") {
                parts.append(literal(byte))
                position += 1
            }
            return .sequence(parts)
        }
        guard let byte = next else { return nil }
        switch byte {
        case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "Z"),
            UInt8(ascii: "G"), UInt8(ascii: "K"), UInt8(ascii: "E"):
            position += 1
            return .empty
        case UInt8(ascii: "1")...UInt8(ascii: "9"):
            position += 1
            return .reference
        // A line break can be two bytes.
        case UInt8(ascii: "R"):
            position += 1
            return .repeated(.set(PatternSet.lineBreaks), least: 1, most: 2)
        case UInt8(ascii: "g"), UInt8(ascii: "k"), UInt8(ascii: "p"), UInt8(ascii: "P"), UInt8(ascii: "X"):
            return nil
        default:
            return PatternSet.escaped(text, &position).map { set($0) }
        }
    }

    /// What stands behind `(`, up to its end.
    private mutating func group() -> PatternNode? {
        if take("*") || take("?#") {
            skip(to: ")")
            return take(")") ? .empty : nil
        }
        let (outerCase, outerBlanks) = (ignoresCase, ignoresBlanks)
        var takesNothing = false
        if take("?=") || take("?!") || take("?<=") || take("?<!") {
            takesNothing = true
        } else if take("?P<") || take("?<") || take("?'") {
            skip(to: ">'")
            position += 1
        } else if take("?") {
            // `(?i)` holds for the rest of the group it stands in.
            guard takeFlags() else { return nil }
            if take(")") { return .empty }
            guard take(":") || take(">") || take("|") else { return nil }
        }
        guard let inner = choice(), take(")") else { return nil }
        (ignoresCase, ignoresBlanks) = (outerCase, outerBlanks)
        return takesNothing ? .look(inner) : inner
    }

    private mutating func takeFlags() -> Bool {
        var isOn = true
        while let byte = next {
            switch byte {
            case UInt8(ascii: "-"): isOn = false
            case UInt8(ascii: "i"): ignoresCase = isOn
            case UInt8(ascii: "x"): ignoresBlanks = isOn
            case UInt8(ascii: "s"), UInt8(ascii: "m"), UInt8(ascii: "n"), UInt8(ascii: "J"),
                UInt8(ascii: "U"), UInt8(ascii: "^"):
                break
            default: return true
            }
            position += 1
        }
        return false
    }

    private mutating func quantified(_ part: PatternNode) -> PatternNode? {
        var part = part
        while let byte = next {
            let bounds: (least: Int, most: Int?)
            switch byte {
            case UInt8(ascii: "*"): bounds = (0, nil)
            case UInt8(ascii: "+"): bounds = (1, nil)
            case UInt8(ascii: "?"): bounds = (0, 1)
            case UInt8(ascii: "{"):
                // A brace that bounds nothing stands for itself.
                guard let found = braces() else { return part }
                bounds = found
                position -= 1
            default: return part
            }
            position += 1
            part = .repeated(part, least: bounds.least, most: bounds.most)
            _ = take("?") || take("+")
        }
        return part
    }

    /// `{2}`, `{2,}`, `{2,5}`, `{,5}`; nil, and nothing taken, where it is none.
    private mutating func braces() -> (least: Int, most: Int?)? {
        guard let end = text[position...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let parts = text[(position + 1)..<end].split(
            separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        let numbers = parts.map { Int(String(decoding: $0, as: UTF8.self)) }
        let bounds: (least: Int, most: Int?)?
        switch (parts.count, numbers.first ?? nil, numbers.last ?? nil) {
        case (1, let count?, _): bounds = (count, count)
        case (2, let least?, let most?): bounds = (least, most)
        case (2, let least?, nil) where parts[1].isEmpty: bounds = (least, nil)
        case (2, nil, let most?) where parts[0].isEmpty: bounds = (0, most)
        default: bounds = nil
        }
        if bounds != nil { position = end + 1 }
        return bounds
    }
}
