internal import FoundationEssentials

/// Looks for a key that stands twice in one object of a JSON document.
///
/// Which of the two counts is each program's own choice, so a document with one can show us something else than what a
/// container engine would run.
package struct RepeatedKeys {
    /// Objects whose keys are anybody's own names, which are never compared by lower case.
    private static let maps: Set<String> = ["labels", "annotations", "exposedports", "volumes"]
    /// In an object with more keys each is looked up, and not held against all others.
    private static let few = 16

    private struct Key {
        /// Between the quotation marks.
        let range: Range<Int>
        /// As it is compared, where that is not as it stands there.
        let text: String?
    }

    private struct Level {
        let isObject: Bool
        let foldsCase: Bool
        /// How many keys of the objects around it were noted before its own.
        let firstKey: Int
        /// All of them, where they are not few.
        var many: Set<String> = []
        var awaitsKey: Bool
    }

    private let foldsCase: Bool
    private var levels: [Level] = []
    private var keys: [Key] = []

    /// The first key of `bytes` that stands twice in its object; with `foldingCase`, `env` is the same as `Env`.
    package static func first(in bytes: [UInt8], foldingCase: Bool) -> String? {
        first(in: bytes.span, foldingCase: foldingCase)
    }

    /// The first key of `bytes` that stands twice in its object; with `foldingCase`, `env` is the same as `Env`.
    package static func first(in bytes: Span<UInt8>, foldingCase: Bool) -> String? {
        var keys = RepeatedKeys(foldsCase: foldingCase)
        return keys.first(in: bytes)
    }

    /// A key as Go's decoder compares it, which is what container engines use.
    static func folded(_ key: String) -> String { key.lowercased().replacing("\u{17f}", with: "s") }

    private init(foldsCase: Bool) { self.foldsCase = foldsCase }

    private mutating func first(in bytes: Span<UInt8>) -> String? {
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "{"): open(isObject: true, in: bytes)
            case UInt8(ascii: "["): open(isObject: false, in: bytes)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if let ended = levels.popLast() { keys.removeSubrange(ended.firstKey...) }
            case UInt8(ascii: ","):
                let last = levels.count - 1
                if last >= 0 { levels[last].awaitsKey = levels[last].isObject }
            case UInt8(ascii: "\""):
                let (end, isEscaped) = Self.endOfString(in: bytes, from: position)
                if let last = levels.last, last.awaitsKey,
                    let key = repeated(
                        position + 1..<max(end - 1, position + 1), isEscaped: isEscaped, in: bytes)
                {
                    return key
                }
                position = end - 1
            default: break
            }
            position += 1
        }
        return nil
    }

    private mutating func open(isObject: Bool, in bytes: Span<UInt8>) {
        var owner = ""
        if foldsCase, let around = levels.last, around.isObject, keys.count > around.firstKey {
            owner = Self.folded(Self.decoded(keys[keys.count - 1].range, of: bytes))
        }
        levels.append(
            Level(
                isObject: isObject, foldsCase: foldsCase && !Self.maps.contains(owner), firstKey: keys.count,
                awaitsKey: isObject))
    }

    /// Takes a key down; gives it back where it was there before.
    private mutating func repeated(
        _ range: Range<Int>, isEscaped: Bool, in bytes: Span<UInt8>
    ) -> String? {
        let last = levels.count - 1
        levels[last].awaitsKey = false
        var text: String?
        if levels[last].foldsCase {
            text = Self.folded(Self.decoded(range, of: bytes))
        } else if isEscaped {
            text = Self.decoded(range, of: bytes)
        }
        let key = Key(range: range, text: text)
        let first = levels[last].firstKey
        let isNew: Bool
        if keys.count - first < Self.few {
            var position = first
            while position < keys.count, !Self.isSame(keys[position], key, in: bytes) { position += 1 }
            isNew = position == keys.count
        } else {
            if levels[last].many.isEmpty {
                for known in keys[first...] { levels[last].many.insert(Self.compared(known, in: bytes)) }
            }
            isNew = levels[last].many.insert(Self.compared(key, in: bytes)).inserted
        }
        keys.append(key)
        return isNew ? nil : Self.decoded(range, of: bytes)
    }

    private static func isSame(_ left: Key, _ right: Key, in bytes: Span<UInt8>) -> Bool {
        guard left.text == nil, right.text == nil else {
            return compared(left, in: bytes) == compared(right, in: bytes)
        }
        guard left.range.count == right.range.count else { return false }
        for offset in 0..<left.range.count
        where bytes[left.range.lowerBound + offset] != bytes[right.range.lowerBound + offset] {
            return false
        }
        return true
    }

    private static func compared(_ key: Key, in bytes: Span<UInt8>) -> String {
        key.text ?? decoded(key.range, of: bytes)
    }

    /// What stands between quotation marks, without escapes where these are good.
    private static func decoded(_ range: Range<Int>, of bytes: Span<UInt8>) -> String {
        var inside: [UInt8] = []
        for position in range { inside.append(bytes[position]) }
        let key = String(decoding: inside, as: UTF8.self)
        guard inside.contains(UInt8(ascii: "\\")) else { return key }
        return (try? JSONDecoder().decode(String.self, from: Data("\"\(key)\"".utf8))) ?? key
    }

    /// The position behind the closing quotation mark, and whether there is an escape before.
    private static func endOfString(
        in bytes: Span<UInt8>, from start: Int
    ) -> (end: Int, isEscaped: Bool) {
        var position = start + 1
        var isEscaped = false
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") {
                isEscaped = true
                position += 1
            }
            position += 1
        }
        return (min(position + 1, bytes.count), isEscaped)
    }
}
