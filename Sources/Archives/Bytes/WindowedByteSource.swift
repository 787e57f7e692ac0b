/// A stream that somebody watches through a window while another reads it.
///
/// The watcher sees every byte before the reader gets it, in windows that overlap, so that whatever fits into the overlap
/// is whole in at least one of them. So an archive can be scanned as it is stored while its entries are read out of
/// it, in one pass and in bounded memory. The buffer stays from one stream to the next.
@safe package final class WindowedByteSource: ByteSource {
    /// Sees a window and the offset of its first byte in the stream.
    package typealias Watcher = (_ window: Span<UInt8>, _ offset: Int) -> Void

    /// Bytes of the stream that were watched so far.
    package var watched: Int { offset + filled }
    /// Whether the first window holds the whole stream or this is still that window.
    private var isAtBeginning: Bool { offset == 0 }

    /// How far back one can go at the least: farther than whoever reads takes more than it needs.
    private static let reach = 128 << 10

    private let size: Int
    private let overlap: Int
    private let watcher: Watcher
    private let window: ByteBlock
    private var source: (any ByteSource)?
    private var filled = 0
    private var handedOn = 0
    private var offset = 0
    private var isAtEnd = true
    /// What the stream itself failed with; whoever reads from here gets it once, and ``finish()`` tells it again.
    package private(set) var failure: ArchiveError?

    /// A source whose windows hold `size` new bytes each, and the last `overlap` bytes of the one before.
    package init(size: Int, overlap: Int, watcher: @escaping Watcher) {
        self.size = size
        self.overlap = overlap
        self.watcher = watcher
        window = ByteBlock(capacity: size + max(overlap, Self.reach))
    }

    /// Turns to another stream and shows its first window.
    package func open(_ source: any ByteSource) throws(ArchiveError) {
        self.source = source
        filled = 0
        handedOn = 0
        offset = 0
        isAtEnd = false
        failure = nil
        try advance()
    }

    /// Shows the first bytes of the stream, as many as are at hand; none unless the window is the first one.
    package func withBeginning<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        unsafe body(window.bytes.extracting(0..<(isAtBeginning ? filled : 0)).span)
    }

    /// Shows the last bytes of the stream, at most `count`; none before it is at its end.
    ///
    /// At least as many as the overlap are at hand where the stream has that many.
    package func withEnding<Result>(_ count: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        unsafe body(window.bytes.extracting((isAtEnd ? max(0, filled - count) : filled)..<filled).span)
    }

    /// Leaves out the first bytes for whoever reads; only as long as the window is the first one and not read yet.
    package func skip(_ count: Int) {
        guard isAtBeginning, handedOn == 0 else { return }
        handedOn = min(count, filled)
    }

    /// Where in the stream whoever reads has got to.
    package var position: Int { offset + handedOn }

    /// Goes on in the stream, which everybody watches, to the first place that `search` finds in what is at hand, and
    /// leaves out what lies before it for whoever reads; false where there is none to the stream's end.
    ///
    /// `search` sees where in the stream that begins, and `margin` bytes of what it saw before once more, and need not
    /// find what it has no room to see whole.
    package func skip(
        margin: Int, toFirst search: (_ bytes: Span<UInt8>, _ offset: Int) -> Int?
    ) throws(ArchiveError) -> Bool {
        var from = handedOn
        while true {
            let unread = unsafe UnsafeBufferPointer(
                UnsafeMutableBufferPointer(rebasing: window.bytes[from..<filled]))
            if let found = unsafe search(Span(_unsafeElements: unread), offset + from) {
                handedOn = from + found
                return true
            }
            guard !isAtEnd else { return false }
            try advance()
            from = max(0, handedOn - margin)
        }
    }

    /// Takes back what was read beyond this place, as far as it is still at hand.
    package func goBack(to place: Int) { handedOn = min(handedOn, max(0, place - offset)) }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        if handedOn == filled {
            guard !isAtEnd else { return 0 }
            try advance()
        }
        let count = min(buffer.count, filled - handedOn)
        guard count > 0 else { return 0 }
        let piece = unsafe UnsafeRawBufferPointer(
            UnsafeMutableBufferPointer(rebasing: window.bytes[handedOn..<(handedOn + count)]))
        unsafe buffer.withUnsafeMutableBytes { unsafe $0.copyMemory(from: piece) }
        handedOn += count
        return count
    }

    /// Shows what is left of the stream to the watcher.
    package func finish() throws(ArchiveError) {
        while !isAtEnd { try advance() }
        if let failure { throw failure }
    }

    /// Lets go of the stream and the memory that its decompressors hold; what is at hand stays.
    package func close() { source = nil }

    /// Fills the next window and shows it.
    ///
    /// What came before a failure is shown before the failure is thrown.
    private func advance() throws(ArchiveError) {
        let kept = min(filled, max(overlap, Self.reach))
        let limit = kept + size + (filled == 0 ? overlap : 0)
        keepEnd(kept)
        offset += filled - kept
        filled = kept
        handedOn = kept
        defer {
            if filled > kept || offset == 0 { show(from: max(0, kept - overlap)) }
        }
        while filled < limit, let source {
            // Assumed until bytes came: after a failure there is nothing more to come either.
            isAtEnd = true
            let count: Int
            do throws(ArchiveError) {
                count = try window.fill(from: source, at: filled, limit: limit - filled)
            } catch {
                failure = error
                throw error
            }
            guard count > 0 else { return }
            isAtEnd = false
            filled += count
        }
    }

    private func show(from start: Int) {
        let seen = unsafe UnsafeBufferPointer(
            UnsafeMutableBufferPointer(rebasing: window.bytes[start..<filled]))
        watcher(unsafe Span(_unsafeElements: seen), offset + start)
    }

    /// Moves the last `count` bytes of the window to its start.
    private func keepEnd(_ count: Int) {
        guard count > 0, filled > count, let start = unsafe window.bytes.baseAddress else { return }
        unsafe start.update(from: start + (filled - count), count: count)
    }
}
