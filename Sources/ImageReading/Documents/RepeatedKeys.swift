internal import FoundationEssentials

/// Looks for a key that stands twice in one object of a JSON document.
///
/// Which of the two counts is each program's own choice, so a document with one can show us something else than what a
/// container engine would run.
package struct RepeatedKeys {
    /// Objects whose keys are anybody's own names, which are never compared by lower case.
    private static let maps: Set<String> = ["labels", "annotations", "exposedports", "volumes"]

    private struct Level {
        /// As they are written, as long as they are few and plain: most objects need nothing else.
        var plainKeys: [ArraySlice<UInt8>] = []
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
        let bytes = quoted.dropFirst().dropLast()
        let isPlain = !bytes.contains(UInt8(ascii: "\\"))
        // Other characters have several spellings that are one key to whoever reads the document.
        if isPlain, bytes.allSatisfy({ $0 < 0x80 }), !foldsCase, levels[last].keys.isEmpty,
            levels[last].plainKeys.count < Self.few
        {
            if levels[last].plainKeys.contains(bytes) { return String(decoding: bytes, as: UTF8.self) }
            levels[last].plainKeys.append(bytes)
            return nil
        }
        let written = String(decoding: bytes, as: UTF8.self)
        let key = isPlain ? written : (try? JSONDecoder().decode(String.self, from: Data(quoted))) ?? written
        levels[last].lastKey = key
        for plain in levels[last].plainKeys {
            levels[last].keys.insert(String(decoding: plain, as: UTF8.self))
        }
        levels[last].plainKeys = []
        let isNew = levels[last].keys.insert(levels[last].foldsCase ? Self.folded(key) : key).inserted
        return isNew ? nil : key
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
