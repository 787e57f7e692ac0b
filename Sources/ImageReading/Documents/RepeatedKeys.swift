internal import FoundationEssentials

/// Looks for a key that stands twice in one object of a JSON document.
///
/// Which of the two counts is each program's own choice, so a document with one can show us something else than what a
/// container engine would run.
package struct RepeatedKeys {
    /// Objects whose keys are anybody's own names, which are never compared by lower case.
    private static let maps: Set<String> = ["labels", "annotations", "exposedports", "volumes"]

    private struct Level {
        /// Where they are written, as long as they are few and plain: most objects need nothing else.
        var plainKeys: [Range<Int>] = []
        var keys: Set<String> = []
        let isObject: Bool
        let foldsCase: Bool
        var lastKey = ""
        var awaitsKey: Bool
    }

    private static let few = 24

    private let foldsCase: Bool
    private var levels: [Level] = []

    /// The first key of `bytes` that stands twice in its object; with `foldingCase`, `env` is the same as `Env`.
    package static func first(in bytes: [UInt8], foldingCase: Bool) -> String? {
        first(in: bytes.span, foldingCase: foldingCase)
    }

    /// The same of bytes that are somebody else's.
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
            case UInt8(ascii: "{"): open(isObject: true)
            case UInt8(ascii: "["): open(isObject: false)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = levels.popLast()
            case UInt8(ascii: ","):
                if let last = levels.indices.last { levels[last].awaitsKey = levels[last].isObject }
            case UInt8(ascii: "\""):
                let end = Self.endOfString(in: bytes, from: position)
                if let key = repeated(position..<end, of: bytes) { return key }
                position = end - 1
            default: break
            }
            position += 1
        }
        return nil
    }

    private mutating func open(isObject: Bool) {
        let owner = foldsCase ? levels.last.map { Self.folded($0.lastKey) } : nil
        let isMap = owner.map(Self.maps.contains) ?? false
        levels.append(Level(isObject: isObject, foldsCase: foldsCase && !isMap, awaitsKey: isObject))
    }

    /// Takes a string down if it is a key; gives it back where it was there before.
    private mutating func repeated(_ quoted: Range<Int>, of document: Span<UInt8>) -> String? {
        guard let last = levels.indices.last, levels[last].awaitsKey else { return nil }
        levels[last].awaitsKey = false
        // Of a string that does not end, the one quotation mark is both.
        let key = quoted.lowerBound + 1..<max(quoted.lowerBound + 1, quoted.upperBound - 1)
        // Other characters have several spellings that are one key to whoever reads the document.
        if !foldsCase, levels[last].keys.isEmpty, levels[last].plainKeys.count < Self.few,
            Self.isPlain(document.extracting(key))
        {
            let bytes = document.extracting(key)
            for other in levels[last].plainKeys where Self.isSame(document.extracting(other), bytes) {
                return Self.text(bytes)
            }
            levels[last].plainKeys.append(key)
            return nil
        }
        return repeated(Self.read(document.extracting(quoted)), of: document)
    }

    /// The same of a key that is compared as text.
    private mutating func repeated(_ key: String, of document: Span<UInt8>) -> String? {
        let last = levels.count - 1
        levels[last].lastKey = key
        for plain in levels[last].plainKeys {
            levels[last].keys.insert(Self.text(document.extracting(plain)))
        }
        levels[last].plainKeys = []
        let isNew = levels[last].keys.insert(levels[last].foldsCase ? Self.folded(key) : key).inserted
        return isNew ? nil : key
    }

    private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
        for position in bytes.indices where bytes[position] >= 0x80 || bytes[position] == UInt8(ascii: "\\") {
            return false
        }
        return true
    }

    private static func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for position in left.indices where left[position] != right[position] { return false }
        return true
    }

    /// The key that stands between these quotation marks.
    private static func read(_ quoted: Span<UInt8>) -> String {
        let inside = text(quoted.extracting(droppingFirst: 1).extracting(droppingLast: 1))
        guard inside.utf8.contains(UInt8(ascii: "\\")) else { return inside }
        return (try? JSONDecoder().decode(String.self, from: Data(copy(quoted)))) ?? inside
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        String(decoding: copy(bytes), as: UTF8.self)
    }

    private static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for position in bytes.indices { copy.append(bytes[position]) }
        return copy
    }

    /// The position behind the closing quotation mark.
    private static func endOfString(in bytes: Span<UInt8>, from start: Int) -> Int {
        var position = start + 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(position + 1, bytes.count)
    }
}
