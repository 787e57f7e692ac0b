internal import CISAL

/// A gzip stream uncompressed by ISA-L: any number of members, each held against its CRC-32 and length.
///
/// Inflates straight into the caller's buffer; the larger that is, the less ISA-L has to copy.
@safe package final class GzipByteSource: ByteSource {
    private let source: any ByteSource
    private let input = ByteBlock(capacity: 256 << 10)
    private let state: UnsafeMutablePointer<inflate_state>
    /// The bytes of `input` that are not yet used.
    private var available = 0..<0
    private var isInsideMember = false
    private var members = 0
    private var isAtEnd = false
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

    /// Keeps a failure for later, so that what was inflated before it is not lost.
    private func inflate(into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var produced = 0
        do throws(ArchiveError) {
            while produced < output.count, failure == nil, !isAtEnd {
                if isInsideMember {
                    produced += unsafe try inflateMember(into: output.extracting(produced..<output.count))
                } else {
                    try beginMember()
                }
            }
        } catch {
            failure = error
        }
        return produced
    }

    private func beginMember() throws(ArchiveError) {
        while available.count < 2, try refill() {}
        if available.isEmpty, members > 0 {
            isAtEnd = true
            return
        }
        guard available.count >= 2, unsafe input.bytes[available.lowerBound] == 0x1f,
            unsafe input.bytes[available.lowerBound + 1] == 0x8b
        else {
            guard members > 0 else {
                let code: ArchiveError.Code = available.count < 2 ? .truncated : .malformed
                throw ArchiveError(code, "gzip stream has no header")
            }
            throw ArchiveError(.trailingGarbage, "gzip stream is followed by bytes that are none")
        }
        unsafe isal_inflate_reset(state)
        unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP)
        isInsideMember = true
        members += 1
    }

    private func inflateMember(into output: UnsafeMutableBufferPointer<UInt8>) throws(ArchiveError) -> Int {
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
            failure = Self.error(status)
        } else if unsafe state.pointee.block_state == ISAL_BLOCK_FINISH {
            isInsideMember = false
        } else if produced < room, available.isEmpty, try !refill() {
            failure = ArchiveError(.truncated, "gzip stream ends before its last block")
        } else if produced == 0, consumed == 0, room > 0, unsafe state.pointee.avail_in > 0 {
            failure = ArchiveError(.malformed, "gzip stream makes no progress")
        }
        return produced
    }

    /// Reads more input behind what is left of the old; false at the end of the source.
    private func refill() throws(ArchiveError) -> Bool {
        if available.lowerBound > 0 {
            for offset in 0..<available.count {
                unsafe input.bytes[offset] = input.bytes[available.lowerBound + offset]
            }
            available = 0..<available.count
        }
        let count = try input.fill(from: source, at: available.upperBound)
        available = 0..<(available.upperBound + count)
        return count > 0
    }

    private static func error(_ status: CInt) -> ArchiveError {
        switch status {
        case ISAL_INCORRECT_CHECKSUM:
            ArchiveError(.checksumMismatch, "gzip content does not match its checksum or length")
        case ISAL_UNSUPPORTED_METHOD:
            ArchiveError(.unsupported, "gzip stream uses a method other than deflate")
        case ISAL_INVALID_WRAPPER: ArchiveError(.malformed, "gzip header is broken")
        default: ArchiveError(.malformed, "gzip stream is broken", underlying: "inflate status \(status)")
        }
    }
}
