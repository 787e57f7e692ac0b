/// A source that is read ahead by a thread of its own: making its bytes goes on beside whatever is done with them.
///
/// At most ``blocks`` of ``blockSize`` bytes are read ahead; then the thread waits. Bytes, failure and end come in the
/// order in which the source gave them. A reader that goes away early ends the thread: it waits for what is being read
/// at that moment, so that nobody touches the source any more.
@safe package final class ReadAheadByteSource: LendingByteSource {
    private static let blocks = 4
    private static let blockSize = 256 << 10

    private let ring: BlockRing
    private let thread: WorkThread?
    /// Counts the blocks that were delivered.
    private var received = 0
    private var available = 0..<0
    private var isAtEnd = false
    private var failure: ArchiveError?

    /// Begins to read `source`, which is nobody else's from now on.
    package init(_ source: sending any ByteSource) {
        let ring = BlockRing(blocks: Self.blocks, blockSize: Self.blockSize)
        self.ring = ring
        thread = WorkThread.start { ring.fill(from: source) }
        if thread == nil { ring.deliver(Self.noThread) }
    }

    deinit {
        ring.abandon()
        thread?.join()
    }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let lent = unsafe try lend(limit: buffer.count)
        unsafe buffer.withUnsafeMutableBytes { unsafe $0.copyMemory(from: lent) }
        return lent.count
    }

    @unsafe package func lend(limit: Int) throws(ArchiveError) -> UnsafeRawBufferPointer {
        if available.isEmpty, limit > 0 { try receive() }
        let piece = available.prefix(limit)
        available = piece.upperBound..<available.upperBound
        return unsafe piece.isEmpty
            ? UnsafeRawBufferPointer(start: nil, count: 0)
            : UnsafeRawBufferPointer(ring.block(received - 1).extracting(piece))
    }

    /// Waits for the next block, and gives back the one before.
    private func receive() throws(ArchiveError) {
        if let failure { throw failure }
        guard !isAtEnd else { return }
        if received > 0 { ring.giveBack() }
        switch ring.next() {
        case .bytes(let count):
            received += 1
            available = 0..<count
            isAtEnd = count == 0
        case .failure(let error):
            failure = error
            throw error
        }
    }

    private static let noThread = BlockRing.Delivery.failure(
        ArchiveError(.unreadable, "thread to read ahead cannot be started"))
}

extension BlockRing {
    /// What the filling thread does: reads block after block until the source ends or fails, or nobody reads any more.
    fileprivate func fill(from source: any ByteSource) {
        var index = 0
        var delivery = Delivery.bytes(0)
        repeat {
            guard takeBlock() else { return }
            do throws(ArchiveError) {
                var span = unsafe MutableSpan(_unsafeElements: block(index))
                delivery = .bytes(try source.read(into: &span))
            } catch {
                delivery = .failure(error)
            }
            deliver(delivery)
            index += 1
        } while !delivery.isLast
    }
}
