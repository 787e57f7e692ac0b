/// Whether the keys of an object are distinct, which those that ascend are without being compared to each other.
struct JSONKeyOrder {
    /// Where the last key stands, without its quotation marks.
    private var last: Range<Int>?
    private(set) var areSurelyDistinct = true

    mutating func add(_ key: Range<Int>, of bytes: [UInt8]) {
        guard areSurelyDistinct else { return }
        // Other characters have several spellings that are one key to whoever reads the document.
        let isPlain = bytes[key].allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\\") }
        let ascends = last.map { bytes[$0].lexicographicallyPrecedes(bytes[key]) } ?? true
        areSurelyDistinct = isPlain && ascends
        last = key
    }

    /// The first key of an object that stood there before; nil where there is none.
    static func repeated(in object: Int, _ tree: JSONTree) -> Int? {
        var seen: Set<String> = []
        return tree.children(of: object).first { !seen.insert(tree.text($0)).inserted }
    }
}
