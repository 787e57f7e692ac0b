internal import CISAL

/// Zlib streams that stand in other bytes, uncompressed by ISA-L, one at a time and each to its own end.
///
/// Between two streams the bytes of the source can be had as they are; so formats that mix both are read in one pass.
@safe package final class ZlibStreams: ByteSource {
    private let source: any ByteSource
    private let input = ByteBlock(capacity: kept + 64 << 10)
    private let state: UnsafeMutablePointer<inflate_state>
    /// The bytes of `input` that are not yet used.
    private var available = kept..<kept
    /// Whether a stream was begun that has not ended.
    private var isInside = false
    private var failure: ArchiveError?
    private var filled = 0
    /// How many bytes of the stream at hand came out so far.
    package private(set) var produced = 0

    /// ISA-L takes some bytes more than a stream has, and gives them back at its end: so many at most.
    private static let kept = 16

    package init(_ source: any ByteSource) {
        self.source = source
        unsafe state = .allocate(capacity: 1)
        unsafe isal_inflate_init(state)
    }

    deinit { unsafe state.deallocate() }

    /// How many bytes of the source are used up.
    package var position: Int { filled - available.count }

    /// Whether a stream may begin with these bytes.
    package static func isHeader(_ first: UInt8, _ second: UInt8) -> Bool {
        // Deflate with a window that is allowed, no dictionary, and the check that makes it divisible.
        first & 0x0f == 8 && first >> 4 <= 7 && second & 0x20 == 0
            && (Int(first) << 8 | Int(second)).isMultiple(of: 31)
    }

    /// The next byte as it stands in the source; only between streams.
    package func nextByte() throws(ArchiveError) -> UInt8 {
        guard !available.isEmpty || refill() else {
            throw failure ?? ArchiveError(.truncated, "bytes end where more are due")
        }
        defer { available = available.dropFirst() }
        return unsafe input.bytes[available.lowerBound]
    }

    /// Begins the stream that stands next in the source, what is left of the one before being passed over.
    package func begin() throws(ArchiveError) {
        if isInside { _ = try drain() }
        let header = (try nextByte(), try nextByte())
        guard Self.isHeader(header.0, header.1) else {
            throw ArchiveError(.malformed, "no zlib stream where one is due")
        }
        unsafe isal_inflate_reset(state)
        unsafe state.pointee.crc_flag = UInt32(ISAL_ZLIB_NO_HDR_VER)
        isInside = true
        produced = 0
    }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        var count = 0
        while count == 0, isInside, failure == nil, !buffer.isEmpty {
            count = unsafe buffer.withUnsafeMutableBufferPointer { unsafe inflate(into: $0) }
        }
        if count == 0, let failure { throw failure }
        produced += count
        return count
    }

    private func inflate(into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let room = min(output.count, 1 << 30)
        unsafe state.pointee.next_in = input.bytes.baseAddress.map { unsafe $0 + available.lowerBound }
        unsafe state.pointee.avail_in = UInt32(available.count)
        unsafe state.pointee.next_out = output.baseAddress
        unsafe state.pointee.avail_out = UInt32(room)
        let status = unsafe isal_inflate(state)
        let produced = unsafe room - Int(state.pointee.avail_out)
        let left = unsafe Int(state.pointee.avail_in)
        let isProgress = produced > 0 || left != available.count
        available = (available.upperBound - left)..<available.upperBound
        if status == ISAL_INCORRECT_CHECKSUM {
            fail(.checksumMismatch, "zlib stream does not match its checksum")
        } else if status != ISAL_DECOMP_OK {
            fail(.malformed, "zlib stream is broken", underlying: "inflate status \(status)")
        } else if unsafe state.pointee.block_state == ISAL_BLOCK_FINISH {
            isInside = false
            // Of what it took more than the stream has, it keeps whole bytes behind the bits that it used.
            let kept = unsafe Int(state.pointee.read_in_length) / 8
            available = (available.lowerBound - kept)..<available.upperBound
        } else if available.isEmpty {
            if !refill() { fail(.truncated, "zlib stream ends before its last block") }
        } else if !isProgress {
            fail(.malformed, "zlib stream makes no progress")
        }
        return produced
    }

    /// Reads more input once the old is used up, whose last bytes stay before the new.
    private func refill() -> Bool {
        let end = available.upperBound
        for index in 0..<Self.kept { unsafe input.bytes[index] = input.bytes[end - Self.kept + index] }
        do throws(ArchiveError) {
            let count = try input.fill(from: source, at: Self.kept)
            filled += count
            available = Self.kept..<(Self.kept + count)
        } catch {
            available = Self.kept..<Self.kept
            failure = failure ?? error
        }
        return !available.isEmpty
    }

    /// The first failure is the one that is told.
    private func fail(_ code: ArchiveError.Code, _ reason: String, underlying: String? = nil) {
        isInside = false
        failure = failure ?? ArchiveError(code, reason, underlying: underlying)
    }
}
