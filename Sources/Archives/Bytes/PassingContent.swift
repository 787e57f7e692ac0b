/// Keeps the bytes of a stream that is longer than a window as they pass, for whoever needs them all at the end.
///
/// Copying costs next to nothing beside everything else that is done to a byte; whether it is needed shows only later.
package struct PassingContent {
    private var kept: [UInt8] = []
    private var expected = 0
    private var isWhole = false

    package init() {}

    /// Begins a stream of `size` bytes; 0 where nothing is to be kept.
    package mutating func begin(expecting size: Int) {
        kept.removeAll()
        expected = size
        isWhole = size > 0
        if isWhole { kept.reserveCapacity(size) }
    }

    /// Takes what is new in a window whose first byte is the stream's at `offset`.
    package mutating func take(_ window: Span<UInt8>, at offset: Int) {
        guard isWhole else { return }
        let seen = kept.count - offset
        guard seen >= 0, seen <= window.count, kept.count + window.count - seen <= expected else {
            begin(expecting: 0)
            return
        }
        let new = window.extracting(seen...)
        unsafe new.withUnsafeBufferPointer { unsafe kept.append(contentsOf: $0) }
    }

    /// Shows the whole stream; nil where it was not kept, or is not as long as it was said to be.
    package func whole<Result>(_ body: (Span<UInt8>) -> Result) -> Result? {
        isWhole && kept.count == expected ? body(kept.span) : nil
    }
}
