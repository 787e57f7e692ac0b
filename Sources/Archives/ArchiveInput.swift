internal import CLibArchive
internal import Glibc

/// What libarchive reads from: a byte source behind its read, skip and seek callbacks.
@safe final class ArchiveInput {
    private let source: any ByteSource
    private let buffer = ByteBlock(capacity: 256 << 10)
    /// How much to read next: little behind a jump, where often only a header is wanted, then more and more.
    private var appetite = 256 << 10
    /// What the source threw: libarchive knows only that a callback failed.
    private(set) var failure: ArchiveError?
    /// How far into the stream the source was read or moved.
    private(set) var position = 0
    private var buffered = 0
    /// What the stream's length is to be a multiple of; what is missing at its end reads as zeros.
    private var alignment = 1
    /// How many zeros that took.
    private(set) var padding = 0
    /// What was read and is not yet known to be content; nil where nobody asks for it.
    private var unclaimed: UnclaimedBytes?

    init(_ source: any ByteSource, keepingHeaders: Bool) {
        self.source = source
        unclaimed = keepingHeaders ? UnclaimedBytes() : nil
    }

    /// Fills the stream up to a multiple of `alignment` at its end.
    func align(to alignment: Int) { self.alignment = alignment }

    /// How far into the stream the source was read or moved, without what it was filled up with.
    var length: Int { position - padding }

    /// Stops keeping what is no content.
    func forgetHeaders() { unclaimed = nil }

    /// Takes down that the bytes of the stream from `start` to `end` were content.
    ///
    /// Where bytes were passed over to get there, they and all that follow stay to be shown as what they are.
    func claim(_ start: Int, _ end: Int) { unclaimed?.claim(start, end, bufferStart: position - buffered) }

    /// Shows what lies before `end` in the stream and was no content: what precedes `middle`, what follows it, and how
    /// many bytes were too many to be kept.
    func showUnclaimed(
        upTo end: Int, splitAt middle: Int, _ body: (Span<UInt8>, Span<UInt8>, _ missing: Int) -> Void
    ) {
        unsafe unclaimed?.show(
            upTo: min(end, length), splitAt: middle,
            buffer: UnsafeBufferPointer(rebasing: buffer.bytes[..<buffered]),
            bufferStart: position - buffered, body)
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
        let rest = min(max(position - consumed, 0), buffered)
        var found = false
        for index in (buffered - rest)..<buffered where unsafe buffer.bytes[index] != 0 { found = true }
        let start = position
        while limit == .max || !found {
            let count = try buffer.fill(from: source)
            guard count > 0 else { return found }
            position += count
            if !found { found = isAnyNonZero(count) || position - start > limit }
        }
        return found
    }

    private func isAnyNonZero(_ count: Int) -> Bool {
        guard let base = unsafe buffer.bytes.baseAddress, unsafe base.pointee == 0 else { return true }
        // Zero from the first byte on exactly when every byte equals the one after it.
        return unsafe memcmp(base, base + 1, count - 1) != 0
    }

    private static func from(_ client: UnsafeMutableRawPointer?) -> ArchiveInput? {
        unsafe client.map { unsafe Unmanaged<ArchiveInput>.fromOpaque($0).takeUnretainedValue() }
    }

    private func pull(into target: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
        unsafe unclaimed?.keep(
            UnsafeBufferPointer(rebasing: buffer.bytes[..<buffered]), bufferStart: position - buffered)
        do throws(ArchiveError) {
            buffered = try buffer.fill(from: source, limit: appetite)
            appetite = min(appetite * 4, 256 << 10)
            if buffered == 0 { buffered = writePadding() }
            position += buffered
            unsafe target?.pointee = UnsafeRawPointer(buffer.bytes.baseAddress)
            return buffered
        } catch {
            failure = error
            buffered = 0
            return -1
        }
    }

    private func writePadding() -> Int {
        let missing = (alignment - position % alignment) % alignment
        for index in 0..<missing { unsafe buffer.bytes[index] = 0 }
        padding += missing
        return missing
    }

    private func skip(_ count: Int64) -> Int64 {
        guard let source = source as? any SeekableByteSource, count > 0 else { return 0 }
        // Never past the end: the missing rest must be noticed when libarchive tries to read it.
        let step = min(Int(clamping: count), source.size - source.position)
        source.seek(to: source.position + step)
        position += step
        buffered = 0
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
        buffered = 0
        return Int64(source.position)
    }
}
