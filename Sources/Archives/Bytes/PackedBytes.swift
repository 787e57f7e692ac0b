internal import CISAL

/// Bytes to be read here and there, which are kept packed where they are many.
///
/// For a file that somebody has to jump about in and that is larger than the memory there is for it. It is packed in pieces,
/// each of which is unpacked by itself when something of it is wanted.
@safe package final class PackedBytes {
    private static let pieceSize = 16 << 10
    /// So many bytes are kept as they are, which costs nothing.
    package static let plainLimit = 8 << 20
    /// What an allocation takes beside its bytes.
    private static let overhead = 64

    package private(set) var count = 0
    /// How much memory the bytes take.
    package private(set) var weight = 0
    /// A piece that is as long as its content is that content.
    private var pieces: [[UInt8]] = []
    private var packer: Packer?
    private let unpacker = Unpacker()
    private let opened = ByteBlock(capacity: pieceSize)
    /// The piece that `opened` is.
    private var openedIndex: Int?
    /// How many bytes were unpacked.
    private var unpacked = 0

    /// What `source` has; nil where that is more than `largest` bytes, or takes more than `memory`.
    package static func read(
        _ source: any ByteSource, largest: Int = .max, memory: Int
    ) throws(ArchiveError) -> PackedBytes? {
        let bytes = PackedBytes()
        let input = ByteBlock(capacity: pieceSize)
        while true {
            var filled = 0
            while filled < pieceSize {
                let added = try input.fill(from: source, at: filled)
                guard added > 0 else { break }
                filled += added
            }
            guard filled > 0 else { break }
            let piece = unsafe UnsafeBufferPointer(rebasing: input.bytes[..<filled])
            unsafe bytes.add(piece)
            guard bytes.count <= largest, bytes.weight <= memory else { return nil }
        }
        bytes.packer = nil
        return bytes
    }

    private func add(_ piece: UnsafeBufferPointer<UInt8>) {
        count += piece.count
        if packer == nil, count > Self.plainLimit { packAll() }
        let kept = unsafe packer?.pack(piece) ?? Array(piece)
        pieces.append(kept)
        weight += kept.count + Self.overhead
    }

    /// Packs what was kept as it is.
    private func packAll() {
        let packer = Packer(pieceSize: Self.pieceSize)
        self.packer = packer
        weight = 0
        for index in pieces.indices {
            if let packed = unsafe pieces[index].withUnsafeBufferPointer({ unsafe packer.pack($0) }) {
                pieces[index] = packed
            }
            weight += pieces[index].count + Self.overhead
        }
    }

    /// Fills `buffer` with the bytes from `offset` on.
    ///
    /// False where there are not so many, or where more was unpacked already than reading everything in a bad order takes.
    package func read(at offset: Int, into buffer: inout MutableSpan<UInt8>) -> Bool {
        guard offset >= 0, buffer.count <= count - offset else { return false }
        let size = buffer.count
        return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            var done = 0
            while done < size {
                let (index, start) = (offset + done).quotientAndRemainder(dividingBy: Self.pieceSize)
                let length = min(Self.pieceSize - start, size - done)
                let target = unsafe UnsafeMutableBufferPointer(rebasing: buffer[done..<(done + length)])
                guard unsafe copy(start..<(start + length), ofPiece: index, to: target) else { return false }
                done += length
            }
            return true
        }
    }

    private func copy(
        _ range: Range<Int>, ofPiece index: Int, to target: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        let size = min(Self.pieceSize, count - index * Self.pieceSize)
        let piece = pieces[index]
        if piece.count == size {
            _ = unsafe target.update(fromContentsOf: piece[range])
            return true
        }
        if openedIndex != index {
            unpacked += size
            guard unpacked <= 64 << 20 + 32 * count else { return false }
            openedIndex = nil
            let room = unsafe UnsafeMutableBufferPointer(rebasing: opened.bytes[..<size])
            guard unsafe unpacker.unpack(piece, into: room) else { return false }
            openedIndex = index
        }
        _ = unsafe target.update(fromContentsOf: opened.bytes[range])
        return true
    }
}

extension PackedBytes {
    @safe private final class Packer {
        private let stream: UnsafeMutablePointer<isal_zstream>
        private let work = ByteBlock(capacity: palimpsest_isal_level1_buffer)
        private let output: ByteBlock

        init(pieceSize: Int) {
            output = ByteBlock(capacity: pieceSize)
            unsafe stream = .allocate(capacity: 1)
        }

        deinit { unsafe stream.deallocate() }

        /// The bytes in less room; nil where they take as much.
        func pack(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
            unsafe isal_deflate_stateless_init(stream)
            unsafe stream.pointee.level = 1
            unsafe stream.pointee.level_buf = work.bytes.baseAddress
            unsafe stream.pointee.level_buf_size = UInt32(work.bytes.count)
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(bytes.count)
            unsafe stream.pointee.next_out = output.bytes.baseAddress
            unsafe stream.pointee.avail_out = UInt32(bytes.count - 1)
            unsafe stream.pointee.end_of_stream = 1
            guard unsafe isal_deflate_stateless(stream) == COMP_OK else { return nil }
            return unsafe Array(output.bytes[..<Int(stream.pointee.total_out)])
        }
    }

    @safe private final class Unpacker {
        private let state: UnsafeMutablePointer<inflate_state>

        init() { unsafe state = .allocate(capacity: 1) }

        deinit { unsafe state.deallocate() }

        /// Fills `room` with what `packed` was.
        func unpack(_ packed: [UInt8], into room: UnsafeMutableBufferPointer<UInt8>) -> Bool {
            unsafe packed.withUnsafeBufferPointer { packed in
                unsafe isal_inflate_init(state)
                unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
                unsafe state.pointee.avail_in = UInt32(packed.count)
                unsafe state.pointee.next_out = room.baseAddress
                unsafe state.pointee.avail_out = UInt32(room.count)
                return unsafe isal_inflate_stateless(state) == ISAL_DECOMP_OK && state.pointee.avail_out == 0
            }
        }
    }
}
