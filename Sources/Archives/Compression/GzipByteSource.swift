/// A gzip stream uncompressed: any number of members, each held against its CRC-32 and length.
package final class GzipByteSource: ByteSource {
    private let streams: InflatedStreams
    private var members = 0
    private var isAtEnd = false
    /// How many bytes of the source belong to members that were read to their end.
    package private(set) var wholeLength = 0

    private let notes: StreamNotes?

    private let standsAlone: Bool

    /// Takes down in `notes` what stands in the headers of its members.
    ///
    /// Behind one that does not stand alone other bytes are its end.
    package init(_ source: any ByteSource, standsAlone: Bool = true, notes: StreamNotes? = nil) {
        streams = InflatedStreams(source, .gzip)
        self.standsAlone = standsAlone
        self.notes = notes
    }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let produced = unsafe buffer.withUnsafeMutableBufferPointer { unsafe inflate(into: $0) }
        if produced == 0, let failure = streams.failure { throw failure }
        return produced
    }

    private func inflate(into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var produced = 0
        while produced < output.count, streams.failure == nil, !isAtEnd {
            if streams.isInside {
                produced += unsafe streams.inflate(into: output.extracting(produced..<output.count))
                if !streams.isInside, streams.failure == nil { wholeLength = streams.position }
            } else {
                beginMember()
            }
        }
        return produced
    }

    private func beginMember() {
        var byte = streams.nextByte()
        // Zeros behind a member fill the last block of a tape or a device, and are let be as gzip does.
        while members > 0, byte == 0 { byte = streams.nextByte() }
        guard let first = byte else {
            isAtEnd = streams.failure == nil && members > 0
            if !isAtEnd { streams.fail(.truncated, "stream is empty") }
            return
        }
        guard first == 0x1f, streams.nextByte() == 0x8b else {
            if members > 0, !standsAlone {
                isAtEnd = true
            } else if members > 0 {
                streams.fail(.trailingGarbage, "stream is followed by bytes that are none")
            } else {
                streams.fail(.malformed, "stream has no header")
            }
            return
        }
        guard streams.passGzipHeader(notes) else {
            return streams.fail(.truncated, "stream ends in a header")
        }
        guard streams.failure == nil else { return }
        streams.begin()
        members += 1
    }
}

extension InflatedStreams {
    /// Passes over what follows the magic number; false where the stream ends in it.
    fileprivate func passGzipHeader(_ notes: StreamNotes?) -> Bool {
        guard let method = nextByte(), let flags = nextByte() else { return false }
        if method != 8 { fail(.unsupported, "stream uses a method other than deflate") }
        if flags & 0b1110_0000 != 0 { fail(.malformed, "header has reserved flags") }
        guard pass(6, nil) else { return false }
        if flags & 0b100 != 0 {
            guard let low = nextByte(), let high = nextByte() else { return false }
            guard pass(Int(high) << 8 | Int(low), notes) else { return false }
        }
        if flags & 0b1000 != 0, !passText(notes) { return false }
        if flags & 0b1_0000 != 0, !passText(notes) { return false }
        // The header's own checksum protects nothing that we use.
        return flags & 0b10 == 0 || pass(2, nil)
    }

    private func pass(_ count: Int, _ notes: StreamNotes?) -> Bool {
        var field: [UInt8] = []
        while field.count < count {
            guard let byte = nextByte() else { return false }
            field.append(byte)
        }
        notes?.add(field.span)
        notes?.endPiece()
        return true
    }

    private func passText(_ notes: StreamNotes?) -> Bool {
        var text: [UInt8] = []
        while let byte = nextByte() {
            if byte == 0 {
                notes?.add(text.span)
                notes?.endPiece()
                return true
            }
            text.append(byte)
            // It may have no end.
            guard text.count == 64 << 10 else { continue }
            notes?.add(text.span)
            text.removeAll(keepingCapacity: true)
        }
        return false
    }
}
