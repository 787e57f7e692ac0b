internal import CISAL

/// Deflate streams that stand in other bytes, inflated by ISA-L one at a time and each to its own end.
///
/// Inflates straight into the caller's buffer; the larger that is, the less ISA-L has to copy. Headers are read by whoever
/// knows their form, because ISA-L 2.30 loses its place in one with optional fields that is cut between two buffers.
@safe final class InflatedStreams {
    /// What the streams are wrapped in, and held against the checksum of.
    enum Wrapping: String {
        case gzip, zlib

        fileprivate var flag: UInt32 {
            switch self {
            case .gzip: UInt32(ISAL_GZIP_NO_HDR_VER)
            case .zlib: UInt32(ISAL_ZLIB_NO_HDR_VER)
            }
        }
    }

    private let source: any ByteSource
    private let wrapping: Wrapping
    private let input = ByteBlock(capacity: kept + 64 << 10)
    private let state: UnsafeMutablePointer<inflate_state>
    /// The bytes of `input` that are not yet used.
    private var available = kept..<kept
    private var filled = 0
    /// Whether a stream was begun that has not ended.
    private(set) var isInside = false
    /// The first one; what came before it was handed out.
    private(set) var failure: ArchiveError?

    /// ISA-L takes some bytes more than a stream has, and gives them back at its end: so many at most.
    private static let kept = 16

    init(_ source: any ByteSource, _ wrapping: Wrapping) {
        self.source = source
        self.wrapping = wrapping
        unsafe state = .allocate(capacity: 1)
        unsafe isal_inflate_init(state)
    }

    deinit { unsafe state.deallocate() }

    /// How many bytes of the source are used up.
    var position: Int { filled - available.count }

    /// The next byte as it stands in the source, between streams; nil where there is none, or reading it failed.
    func nextByte() -> UInt8? {
        guard !available.isEmpty || refill() else { return nil }
        defer { available = available.dropFirst() }
        return unsafe input.bytes[available.lowerBound]
    }

    /// Begins the stream whose header was just read.
    func begin() {
        unsafe isal_inflate_reset(state)
        unsafe state.pointee.crc_flag = wrapping.flag
        isInside = true
    }

    /// Inflates what there is room for; may be nothing while the stream goes on.
    func inflate(into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
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
            fail(.checksumMismatch, "content does not match its checksum")
        } else if status != ISAL_DECOMP_OK {
            fail(.malformed, "stream is broken", underlying: "inflate status \(status)")
        } else if unsafe state.pointee.block_state == ISAL_BLOCK_FINISH {
            isInside = false
            // Of what it took more than the stream has, it keeps whole bytes behind the bits that it used.
            let kept = unsafe Int(state.pointee.read_in_length) / 8
            available = (available.lowerBound - kept)..<available.upperBound
        } else if produced < room, available.isEmpty {
            if !refill() { fail(.truncated, "stream ends before its last block") }
        } else if !isProgress {
            fail(.malformed, "stream makes no progress")
        }
        return produced
    }

    /// Ends the reading; the first failure is the one that is told.
    func fail(_ code: ArchiveError.Code, _ reason: String, underlying: String? = nil) {
        isInside = false
        failure = failure ?? ArchiveError(code, "\(wrapping.rawValue) \(reason)", underlying: underlying)
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
}
