/// A stream that somebody watches through a window while another reads it.
///
/// The watcher sees every byte before the reader gets it, in windows that overlap, so that whatever fits into the overlap
/// is whole in at least one of them. So an archive can be scanned as it is stored while its entries are read out of
/// it, in one pass and in bounded memory. The buffer stays from one stream to the next.
package final class WindowedByteSource: ByteSource {
    /// Sees a window and the offset of its first byte in the stream.
    package typealias Watcher = (_ window: Span<UInt8>, _ offset: Int) -> Void

    /// Bytes of the stream that were watched so far.
    package var watched: Int { offset + filled }
    /// Whether the first window holds the whole stream or this is still that window.
    package var isAtBeginning: Bool { offset == 0 }

    private let overlap: Int
    private let watcher: Watcher
    private var window: [UInt8]
    private var source: (any ByteSource)?
    private var filled = 0
    private var handedOn = 0
    private var offset = 0
    private var isAtEnd = true

    /// A source whose windows hold `size` new bytes each, and the last `overlap` bytes of the one before.
    package init(size: Int, overlap: Int, watcher: @escaping Watcher) {
        self.overlap = overlap
        self.watcher = watcher
        window = [UInt8](repeating: 0, count: size + overlap)
    }

    /// Turns to another stream and shows its first window.
    package func open(_ source: any ByteSource) throws(ArchiveError) {
        self.source = source
        filled = 0
        handedOn = 0
        offset = 0
        isAtEnd = false
        try advance()
    }

    /// The first bytes of the stream, as long as the window is the first one.
    package func beginning(_ count: Int) -> ArraySlice<UInt8> {
        isAtBeginning ? window[..<min(count, filled)] : []
    }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        if handedOn == filled {
            guard !isAtEnd else { return 0 }
            try advance()
        }
        let count = min(buffer.count, filled - handedOn)
        guard count > 0 else { return 0 }
        unsafe buffer.withUnsafeMutableBytes { target in
            unsafe window.withUnsafeBytes { source in
                let piece = unsafe UnsafeRawBufferPointer(rebasing: source[handedOn..<(handedOn + count)])
                unsafe target.copyMemory(from: piece)
            }
        }
        handedOn += count
        return count
    }

    /// Shows what is left of the stream to the watcher.
    package func finish() throws(ArchiveError) {
        while !isAtEnd { try advance() }
    }

    /// Fills the next window and shows it.
    ///
    /// What came before a failure is shown before the failure is thrown.
    private func advance() throws(ArchiveError) {
        let kept = min(filled, overlap)
        keepEnd(kept)
        offset += filled - kept
        filled = kept
        handedOn = kept
        defer {
            if filled > kept || offset == 0 { watcher(window.span.extracting(0..<filled), offset) }
        }
        while filled < window.count, let source {
            var space = window.mutableSpan.extracting(filled..<window.count)
            let count: Int
            do {
                count = try source.read(into: &space)
            } catch {
                isAtEnd = true
                throw error
            }
            guard count > 0 else {
                isAtEnd = true
                return
            }
            filled += count
        }
    }

    /// Moves the last `count` bytes of the window to its start.
    private func keepEnd(_ count: Int) {
        guard count > 0, filled > count else { return }
        unsafe window.withUnsafeMutableBytes { bytes in
            let end = unsafe UnsafeRawBufferPointer(rebasing: bytes[(filled - count)..<filled])
            unsafe bytes.copyMemory(from: end)
        }
    }
}
