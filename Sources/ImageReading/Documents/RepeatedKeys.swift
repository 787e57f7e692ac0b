internal import FoundationEssentials

/// Looks for a key that stands twice in one object of a JSON document.
///
/// Which of the two counts is each program's own choice, so a document with one can show us something else than what a
/// container engine would run.
struct RepeatedKeys {
    /// Objects whose keys are anybody's own names, which are never compared by lower case.
    private static let maps: Set<String> = ["labels", "annotations", "exposedports", "volumes"]

    private struct Level {
        var keys: Set<String> = []
        let isObject: Bool
        let foldsCase: Bool
        var lastKey = ""
        var awaitsKey: Bool
    }

    private let foldsCase: Bool
    private var levels: [Level] = []

    /// The first key of `bytes` that stands twice in its object; with `foldingCase`, `env` is the same as `Env`.
    static func first(in bytes: [UInt8], foldingCase: Bool) -> String? {
        var keys = RepeatedKeys(foldsCase: foldingCase)
        return keys.first(in: bytes)
    }

    /// A key as Go's decoder compares it, which is what container engines use.
    static func folded(_ key: String) -> String { key.lowercased().replacing("\u{17f}", with: "s") }

    private init(foldsCase: Bool) { self.foldsCase = foldsCase }

    private mutating func first(in bytes: [UInt8]) -> String? {
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
                if let key = repeated(bytes[position..<end]) { return key }
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
    private mutating func repeated(_ quoted: ArraySlice<UInt8>) -> String? {
        guard let last = levels.indices.last, levels[last].awaitsKey else { return nil }
        levels[last].awaitsKey = false
        let key = Self.read(quoted)
        levels[last].lastKey = key
        let isNew = levels[last].keys.insert(levels[last].foldsCase ? Self.folded(key) : key).inserted
        return isNew ? nil : key
    }

    /// The key that stands between these quotation marks.
    private static func read(_ quoted: ArraySlice<UInt8>) -> String {
        let inside = String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self)
        guard inside.utf8.contains(UInt8(ascii: "\\")) else { return inside }
        return (try? JSONDecoder().decode(String.self, from: Data(quoted))) ?? inside
    }

    /// The position behind the closing quotation mark.
    private static func endOfString(in bytes: [UInt8], from start: Int) -> Int {
        var position = start + 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(position + 1, bytes.count)
    }
}
