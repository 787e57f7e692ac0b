internal import CLibArchive
internal import Glibc

/// What libarchive reads from: a byte source behind its read, skip and seek callbacks.
@safe final class ArchiveInput {
    private static let blockSize = 64 << 10
    /// The longest that a stream is ever filled up to.
    private static let tarBlock = 512

    private let source: any ByteSource
    /// The same, where its bytes need not be copied to be handed on.
    private let lender: (any LendingByteSource)?
    private let buffer: ByteBlock
    /// How much to read next: little behind a jump, where often only a header is wanted, then more and more.
    private var appetite = blockSize
    /// What the source threw: libarchive knows only that a callback failed.
    private(set) var failure: ArchiveError?
    /// How far into the stream the source was read or moved.
    private(set) var position = 0
    /// What libarchive was handed last: in the buffer, or where the lender keeps it.
    private var block = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    /// What the stream's length is to be a multiple of; what is missing at its end reads as zeros.
    private var alignment = 1
    /// How many zeros that took.
    private(set) var padding = 0
    /// A header to be handed out first, in place of one in the stream.
    private var standIn: [UInt8] = []
    /// What of the stream is handed out once more before the source is read on, and how much of that was.
    private var replay: [UInt8] = []
    private var replayed = 0
    /// What was read and is not yet known to be content; nil where nobody asks for it.
    private var unclaimed: UnclaimedBytes?

    init(_ source: any ByteSource, keepingHeaders: Bool) {
        self.source = source
        lender = source as? any LendingByteSource
        buffer = ByteBlock(capacity: lender == nil ? Self.blockSize : Self.tarBlock)
        unclaimed = keepingHeaders ? UnclaimedBytes() : nil
    }

    /// Fills the stream up to a multiple of `alignment` at its end.
    func align(to alignment: Int) { self.alignment = alignment }

    /// How far into the stream the source was read or moved, without what it was filled up with.
    var length: Int { position - padding }

    /// Stops keeping what is no content.
    func forgetHeaders() { unclaimed = nil }

    /// Goes back to a header at `place`, in place of which `standIn` is handed out, and then what follows it; false where
    /// that is not at hand any more.
    ///
    /// The header itself stays unclaimed, to be shown as what it is.
    func goBack(to place: Int, standIn: [UInt8]) -> Bool {
        let behind = place + standIn.count
        let bytes = unsafe unclaimed?.take(
            from: behind, buffer: block.bindMemory(to: UInt8.self), bufferStart: position - block.count)
        guard let bytes else { return false }
        replay = bytes + replay[replayed...]
        replayed = 0
        position = behind
        self.standIn = standIn
        forgetBlock()
        return true
    }

    /// Takes down that the bytes of the stream from `start` to `end` were content.
    ///
    /// Where bytes were passed over to get there, they and all that follow stay to be shown as what they are.
    func claim(_ start: Int, _ end: Int) {
        unsafe unclaimed?.claim(start, end, bufferStart: position - block.count)
    }

    /// Shows what lies before `end` in the stream and was no content: what precedes `middle`, what follows it, and how
    /// many bytes were too many to be kept.
    func showUnclaimed(
        upTo end: Int, splitAt middle: Int, _ body: (Span<UInt8>, Span<UInt8>, _ missing: Int) -> Void
    ) {
        unsafe unclaimed?.show(
            upTo: min(end, length), splitAt: middle,
            buffer: block.bindMemory(to: UInt8.self), bufferStart: position - block.count, body)
    }

    /// The same, of which nothing is taken away.
    func peekUnclaimed(
        upTo end: Int, splitAt middle: Int, _ body: (Span<UInt8>, Span<UInt8>, _ missing: Int) -> Void
    ) {
        var copy = unclaimed
        unsafe copy?.show(
            upTo: min(end, length), splitAt: middle,
            buffer: block.bindMemory(to: UInt8.self), bufferStart: position - block.count, body)
    }

    /// Hands this input to `archive`, which must not outlive it.
    func attach(to archive: OpaquePointer) -> CInt {
        unsafe archive_read_set_callback_data(archive, Unmanaged.passUnretained(self).toOpaque())
        unsafe archive_read_set_read_callback(archive) { _, client, target in
            unsafe ArchiveInput.from(client)?.pull(into: target) ?? -1
        }
        if source is any SeekableByteSource {
            unsafe archive_read_set_skip_callback(archive) { _, client, count in
                unsafe ArchiveInput.from(client)?.skip(count) ?? 0
            }
            unsafe archive_read_set_seek_callback(archive) { _, client, offset, whence in
                unsafe ArchiveInput.from(client)?.seek(offset, whence) ?? Int64(ARCHIVE_FATAL)
            }
        }
        return unsafe archive_read_open1(archive)
    }

    /// Whether anything but zeros stands between `consumed` and the end of the stream; reads to that end.
    ///
    /// With a limit, reads no further than it has to, and takes more zeros than that for something.
    func hasContent(after consumed: Int, limit: Int = .max) throws(ArchiveError) -> Bool {
        let rest = unsafe min(max(position - consumed, 0), block.count)
        var found = unsafe Self.isAnyNonZero(block.suffix(rest))
        let start = position
        while limit == .max || !found {
            try readBlock(limit: .max)
            guard unsafe !block.isEmpty else { return found }
            unsafe position += block.count
            if !found { found = unsafe Self.isAnyNonZero(block[...]) || position - start > limit }
        }
        return found
    }

    /// Reads on from `consumed` in the stream, whatever stands there.
    func read(after consumed: Int, into target: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        if position <= consumed {
            try readBlock(limit: .max)
            unsafe position += block.count
        }
        let rest = unsafe block.suffix(min(max(position - consumed, 0), block.count)).prefix(target.count)
        let piece = unsafe UnsafeRawBufferPointer(rebasing: rest)
        unsafe target.withUnsafeMutableBytes { unsafe $0.copyMemory(from: piece) }
        return piece.count
    }

    private static func isAnyNonZero(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: bytes)
        guard let base = bytes.baseAddress, unsafe !bytes.isEmpty else { return false }
        guard unsafe bytes[0] == 0 else { return true }
        // Zero from the first byte on exactly when every byte equals the one after it.
        return unsafe memcmp(base, base + 1, bytes.count - 1) != 0
    }

    private static func from(_ client: UnsafeMutableRawPointer?) -> ArchiveInput? {
        unsafe client.map { unsafe Unmanaged<ArchiveInput>.fromOpaque($0).takeUnretainedValue() }
    }

    private func pull(into target: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
        unsafe unclaimed?.keep(block.bindMemory(to: UInt8.self), bufferStart: position - block.count)
        guard standIn.isEmpty else {
            forgetBlock()
            unsafe target?.pointee = UnsafeRawPointer(buffer.bytes.baseAddress)
            return takeBuffered(&standIn, from: 0)
        }
        do throws(ArchiveError) {
            try readBlock(limit: appetite)
            appetite = min(appetite * 4, Self.blockSize)
            if unsafe block.isEmpty { writePadding() }
            unsafe position += block.count
            unsafe target?.pointee = block.baseAddress
            return unsafe block.count
        } catch {
            failure = error
            forgetBlock()
            return -1
        }
    }

    /// Copies as much of `bytes` as there is room for into the buffer; empties them where that was the rest.
    private func takeBuffered(_ bytes: inout [UInt8], from start: Int) -> Int {
        let piece = unsafe bytes[start...].prefix(buffer.bytes.count)
        for (index, byte) in piece.enumerated() { unsafe buffer.bytes[index] = byte }
        if piece.endIndex == bytes.count { bytes = [] }
        return piece.count
    }

    private func readBlock(limit: Int) throws(ArchiveError) {
        if !replay.isEmpty {
            let count = takeBuffered(&replay, from: replayed)
            replayed = replay.isEmpty ? 0 : replayed + count
            unsafe block = UnsafeRawBufferPointer(buffer.bytes.extracting(0..<count))
        } else if let lender {
            unsafe block = try lender.lend(limit: .max)
        } else {
            let count = try buffer.fill(from: source, limit: limit)
            unsafe block = UnsafeRawBufferPointer(buffer.bytes.extracting(0..<count))
        }
    }

    private func forgetBlock() { unsafe block = UnsafeRawBufferPointer(start: nil, count: 0) }

    private func writePadding() {
        let missing = (alignment - position % alignment) % alignment
        for index in 0..<missing { unsafe buffer.bytes[index] = 0 }
        padding += missing
        unsafe block = UnsafeRawBufferPointer(buffer.bytes.extracting(0..<missing))
    }

    private func skip(_ count: Int64) -> Int64 {
        guard let source = source as? any SeekableByteSource, count > 0, replay.isEmpty else { return 0 }
        // Never past the end: the missing rest must be noticed when libarchive tries to read it.
        let step = min(Int(clamping: count), source.size - source.position)
        source.seek(to: source.position + step)
        position += step
        forgetBlock()
        unclaimed?.jump(to: position)
        appetite = 4 << 10
        return Int64(step)
    }

    private func seek(_ offset: Int64, _ whence: CInt) -> Int64 {
        guard let source = source as? any SeekableByteSource else { return Int64(ARCHIVE_FATAL) }
        let origin =
            switch whence {
            case SEEK_SET: 0
            case SEEK_CUR: source.position
            default: source.size
            }
        let (target, overflow) = origin.addingReportingOverflow(Int(clamping: offset))
        guard !overflow, target >= 0 else { return Int64(ARCHIVE_FATAL) }
        source.seek(to: target)
        position = source.position
        forgetBlock()
        unclaimed?.jump(to: position)
        return Int64(source.position)
    }
}
