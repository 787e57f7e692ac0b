/// Lines and columns of places in a file that is seen window by window.
///
/// Breaks are counted as late as possible: in a window that nothing follows and in which nothing is found, never.
struct LineCounter {
    /// What is known of a place in the file.
    private struct Mark {
        let offset: Int
        /// Breaks before the place.
        let breaks: Int
        /// The offset of the last of them; -1 where there is none.
        let last: Int
    }

    /// The start of the window at hand; nil once windows came that do not follow from each other.
    private var start: Mark? = Mark(offset: 0, breaks: 0, last: -1)
    /// Where the next window is expected to start, and the end of the window at hand.
    private var expected: [Mark] = []

    /// Begins a window; nothing was left out if `offset` is at most the end of the one before.
    mutating func begin(at offset: Int) {
        if offset == 0 {
            start = Mark(offset: 0, breaks: 0, last: -1)
        } else {
            start = expected.first { $0.offset == offset }
        }
        expected.removeAll(keepingCapacity: true)
    }

    /// Ends the window that began last, unless nothing can follow it.
    mutating func end(_ window: Span<UInt8>) {
        guard let start else { return }
        let next = max(0, window.count - ImageScanner.overlap)
        let atNext = Self.advance(start, over: window, to: next)
        expected = [atNext, Self.advance(atNext, over: window, from: start.offset, to: window.count)]
    }

    /// Line and column of each of these places in the window, which must be in order.
    func places(of offsets: [Int], in window: Span<UInt8>) -> [(line: Int, column: Int)?] {
        guard var mark = start else { return offsets.map { _ in nil } }
        let base = mark.offset
        return offsets.map { offset in
            mark = Self.advance(mark, over: window, from: base, to: offset - base)
            return (mark.breaks + 1, offset - mark.last)
        }
    }

    private static func advance(_ mark: Mark, over window: Span<UInt8>, to end: Int) -> Mark {
        advance(mark, over: window, from: mark.offset, to: end)
    }

    /// The mark moved on to `end`, which like `base`, the window's offset in the file, counts within the window.
    private static func advance(_ mark: Mark, over window: Span<UInt8>, from base: Int, to end: Int) -> Mark {
        let range = mark.offset - base..<max(end, mark.offset - base)
        let breaks = LineBreaks.count(in: window.extracting(range))
        let last = breaks == 0 ? nil : LineBreaks.last(in: window.extracting(range))
        return Mark(
            offset: base + range.upperBound, breaks: mark.breaks + breaks,
            last: last.map { base + range.lowerBound + $0 } ?? mark.last)
    }
}
