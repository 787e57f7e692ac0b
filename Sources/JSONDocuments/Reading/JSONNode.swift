/// Where a value of the document stands, or a key.
///
/// The nodes of a document are in its order: behind an object come its keys, each followed by its value; behind a list
/// come its elements. What a node is, the byte at its start says.
struct JSONNode {
    /// In bytes from the beginning of the document; the highest bit is set for what holds other nodes.
    private let place: UInt32
    /// Of an object or a list how many nodes it holds, at all depths; of text how many bytes are between the quotation
    /// marks, twice, and one more where some of them are escapes; of all else how many bytes it is.
    private(set) var extent: UInt32

    private static let holder: UInt32 = 1 << 31

    /// An object or a list, of which is not known yet what it holds.
    init(holderAt start: Int) { (place, extent) = (UInt32(start) | Self.holder, 0) }
    init(textAt start: Int, length: Int, hasEscapes: Bool) {
        (place, extent) = (UInt32(start), Self.extent(ofText: length, hasEscapes: hasEscapes))
    }
    init(wordAt start: Int, length: Int) { (place, extent) = (UInt32(start), UInt32(length)) }

    static func extent(ofText length: Int, hasEscapes: Bool) -> UInt32 {
        UInt32(length) << 1 | (hasEscapes ? 1 : 0)
    }

    mutating func hold(_ count: Int) { extent = UInt32(count) }

    var start: Int { Int(place & ~Self.holder) }
    /// How many nodes it is from here to the one behind it.
    var stride: Int { place & Self.holder == 0 ? 1 : 1 + Int(extent) }
    /// Of text: what is between the quotation marks.
    var inside: Range<Int> { start + 1..<start + 1 + Int(extent >> 1) }
    var hasEscapes: Bool { extent & 1 == 1 }
    /// Of a number or a word: all of it.
    var word: Range<Int> { start..<start + Int(extent) }
}
