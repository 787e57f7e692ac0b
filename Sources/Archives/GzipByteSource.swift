internal import CISAL

/// A gzip stream uncompressed by ISA-L: any number of members, each held against its CRC-32 and length.
///
/// Inflates straight into the caller's buffer; the larger that is, the less ISA-L has to copy. Member headers are read
/// here, because ISA-L 2.30 loses its place in a header with optional fields that is cut between two buffers.
@safe package final class GzipByteSource: ByteSource {
    private let source: any ByteSource
    private let input = ByteBlock(capacity: 64 << 10)
    private let state: UnsafeMutablePointer<inflate_state>
    /// The bytes of `input` that are not yet used.
    private var available = 0..<0
    private var isInsideMember = false
    private var members = 0
    private var isAtEnd = false
    /// Kept until everything that came before it has been handed out.
    private var failure: ArchiveError?

    package init(_ source: any ByteSource) {
        self.source = source
        unsafe state = .allocate(capacity: 1)
        unsafe isal_inflate_init(state)
    }

    deinit { unsafe state.deallocate() }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let produced = unsafe buffer.withUnsafeMutableBufferPointer { unsafe inflate(into: $0) }
        if produced == 0, let failure { throw failure }
        return produced
    }

    private func inflate(into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var produced = 0
        while produced < output.count, failure == nil, !isAtEnd {
            if isInsideMember {
                produced += unsafe inflateMember(into: output.extracting(produced..<output.count))
            } else {
                beginMember()
            }
        }
        return produced
    }

    private func beginMember() {
        guard let first = nextByte() else {
            isAtEnd = failure == nil && members > 0
            if !isAtEnd { fail(.truncated, "gzip stream is empty") }
            return
        }
        guard first == 0x1f, nextByte() == 0x8b else {
            if members > 0 {
                fail(.trailingGarbage, "gzip stream is followed by bytes that are none")
            } else {
                fail(.malformed, "gzip stream has no header")
            }
            return
        }
        guard passHeader() else { return fail(.truncated, "gzip stream ends in a header") }
        unsafe isal_inflate_reset(state)
        unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP_NO_HDR_VER)
        isInsideMember = true
        members += 1
    }

    /// Passes over what follows the magic number; false where the stream ends in it.
    private func passHeader() -> Bool {
        guard let method = nextByte(), let flags = nextByte() else { return false }
        if method != 8 { fail(.unsupported, "gzip stream uses a method other than deflate") }
        if flags & 0b1110_0000 != 0 { fail(.malformed, "gzip header has reserved flags") }
        guard pass(6) else { return false }
        if flags & 0b100 != 0 {
            guard let low = nextByte(), let high = nextByte() else { return false }
            guard pass(Int(high) << 8 | Int(low)) else { return false }
        }
        if flags & 0b1000 != 0, !passText() { return false }
        if flags & 0b1_0000 != 0, !passText() { return false }
        // The header's own checksum protects nothing that we use.
        return flags & 0b10 == 0 || pass(2)
    }

    private func pass(_ count: Int) -> Bool { (0..<count).allSatisfy { _ in nextByte() != nil } }

    private func passText() -> Bool {
        while let byte = nextByte() {
            if byte == 0 { return true }
        }
        return false
    }

    private func nextByte() -> UInt8? {
        guard !available.isEmpty || refill() else { return nil }
        defer { available = available.dropFirst() }
        return unsafe input.bytes[available.lowerBound]
    }

    private func inflateMember(into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let room = min(output.count, 1 << 30)
        unsafe state.pointee.next_in = input.bytes.baseAddress.map { unsafe $0 + available.lowerBound }
        unsafe state.pointee.avail_in = UInt32(available.count)
        unsafe state.pointee.next_out = output.baseAddress
        unsafe state.pointee.avail_out = UInt32(room)
        let status = unsafe isal_inflate(state)
        let produced = unsafe room - Int(state.pointee.avail_out)
        let consumed = unsafe available.count - Int(state.pointee.avail_in)
        available = available.dropFirst(consumed)
        if status != ISAL_DECOMP_OK {
            fail(status)
        } else if unsafe state.pointee.block_state == ISAL_BLOCK_FINISH {
            isInsideMember = false
        } else if produced < room, available.isEmpty {
            if !refill() { fail(.truncated, "gzip stream ends before its last block") }
        } else if produced == 0, consumed == 0 {
            fail(.malformed, "gzip stream makes no progress")
        }
        return produced
    }

    /// Reads more input once the old is used up; false at the end of the source, or where that failed.
    private func refill() -> Bool {
        do throws(ArchiveError) {
            available = 0..<(try input.fill(from: source))
        } catch {
            failure = failure ?? error
        }
        return !available.isEmpty
    }

    private func fail(_ status: CInt) {
        switch status {
        case ISAL_INCORRECT_CHECKSUM:
            fail(.checksumMismatch, "gzip content does not match its checksum or length")
        default:
            fail(.malformed, "gzip stream is broken", underlying: "inflate status \(status)")
        }
    }

    /// The first failure is the one that is told.
    private func fail(_ code: ArchiveError.Code, _ reason: String, underlying: String? = nil) {
        failure = failure ?? ArchiveError(code, reason, underlying: underlying)
    }
}
