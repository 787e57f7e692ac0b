/// A compressed file or a zip that stands encoded in other bytes.
///
/// Whoever reads files opens it: nothing can be seen in it before, and this module decompresses nothing.
package struct PackedText: Sendable {
    package let bytes: [UInt8]
    /// The encodings, the outermost first.
    package private(set) var within: [String]
    /// Where it stands in what it was decoded from, and at last in the file.
    private(set) var stored: Range<Int>

    init(bytes: [UInt8], within: [String], stored: Range<Int>) {
        self.bytes = bytes
        self.within = within
        self.stored = stored
    }

    /// Whether the other stands at the same place in the same encodings.
    func isSame(as other: PackedText) -> Bool { stored == other.stored && within == other.within }

    /// The same of one that stands encoded in a window `offset` bytes behind the beginning.
    func moved(by offset: Int) -> PackedText {
        var moved = self
        moved.stored = stored.lowerBound + offset..<stored.upperBound + offset
        return moved
    }

    /// The same in what `text` was decoded from.
    ///
    /// Nil where that is not one run, and where it stands there for itself: then it is seen there, and to its end, which
    /// may lie behind that of the run.
    func stored(in text: borrowing DecodedText, isSparse: Bool) -> PackedText? {
        if isSparse, !text.isEscaped(stored) { return nil }
        guard let name = text.encoding(of: stored), let place = text.stored(stored) else { return nil }
        return PackedText(bytes: bytes, within: [name] + within, stored: place)
    }
}
