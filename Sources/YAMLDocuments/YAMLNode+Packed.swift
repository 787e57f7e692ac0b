/// A tree as text that is read again without a parser: what was read once, when it was built in, need not be each time.
///
/// A node is a letter for its content, its mark, how much there is in it, and that. Numbers are digits of 32, the lowest
/// first: `0` to `O` for the last, `P` to `o` where more follow.
extension YAMLNode {
    package var packed: String {
        var packed = ""
        pack(into: &packed)
        return packed
    }

    private func pack(into packed: inout String) {
        switch content {
        case .scalar(let text, let isPlain):
            packed += isPlain ? "p" : "q"
            Self.pack(mark, into: &packed)
            Self.pack(text, into: &packed)
        case .sequence(let elements):
            packed += "s"
            Self.pack(mark, into: &packed)
            Self.pack(elements.count, into: &packed)
            for element in elements { element.pack(into: &packed) }
        case .mapping(let pairs):
            packed += "m"
            Self.pack(mark, into: &packed)
            Self.pack(pairs.count, into: &packed)
            for pair in pairs {
                Self.pack(pair.key, into: &packed)
                Self.pack(pair.keyMark, into: &packed)
                pair.value.pack(into: &packed)
            }
        }
    }

    private static func pack(_ mark: YAMLMark, into packed: inout String) {
        pack(mark.line, into: &packed)
        pack(mark.column, into: &packed)
    }

    private static func pack(_ text: String, into packed: inout String) {
        pack(text.utf8.count, into: &packed)
        packed += text
    }

    private static func pack(_ number: Int, into packed: inout String) {
        var rest = number
        while rest > 31 {
            packed.unicodeScalars.append(UnicodeScalar(UInt8(0x50 + rest % 32)))
            rest /= 32
        }
        packed.unicodeScalars.append(UnicodeScalar(UInt8(0x30 + rest)))
    }

    /// Nil where `packed` is not what ``packed`` gives.
    package init?(packed: String) {
        var unpacking = Unpacking(bytes: Array(packed.utf8))
        guard let node = unpacking.node(), unpacking.isAtEnd else { return nil }
        self = node
    }

    private struct Unpacking {
        let bytes: [UInt8]
        private var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { position == bytes.count }

        mutating func node() -> YAMLNode? {
            guard let letter = next(), let mark = mark() else { return nil }
            switch letter {
            case UInt8(ascii: "p"), UInt8(ascii: "q"):
                guard let text = text() else { return nil }
                return YAMLNode(.scalar(text: text, isPlain: letter == UInt8(ascii: "p")), mark: mark)
            case UInt8(ascii: "s"):
                return list { $0.node() }.map { YAMLNode(.sequence($0), mark: mark) }
            case UInt8(ascii: "m"):
                return list { $0.pair() }.map { YAMLNode(.mapping($0), mark: mark) }
            default:
                return nil
            }
        }

        private mutating func pair() -> Pair? {
            guard let key = text(), let keyMark = mark(), let value = node() else { return nil }
            return Pair(key: key, keyMark: keyMark, value: value)
        }

        private mutating func list<Element>(of element: (inout Self) -> Element?) -> [Element]? {
            guard let count = number(), count <= bytes.count - position else { return nil }
            var elements: [Element] = []
            elements.reserveCapacity(count)
            for _ in 0..<count {
                guard let element = element(&self) else { return nil }
                elements.append(element)
            }
            return elements
        }

        private mutating func mark() -> YAMLMark? {
            guard let line = number(), let column = number() else { return nil }
            return YAMLMark(line: line, column: column)
        }

        private mutating func text() -> String? {
            guard let count = number(), count <= bytes.count - position else { return nil }
            defer { position += count }
            return String(decoding: bytes[position..<(position + count)], as: UTF8.self)
        }

        private mutating func number() -> Int? {
            var number = 0
            for shift in stride(from: 0, to: 35, by: 5) {
                guard let digit = next(), (0x30..<0x70).contains(digit) else { return nil }
                number |= Int(digit & 0x1f ^ 0x10) << shift
                if digit < 0x50 { return number }
            }
            return nil
        }

        private mutating func next() -> UInt8? {
            guard position < bytes.count else { return nil }
            defer { position += 1 }
            return bytes[position]
        }
    }
}
