internal import Glibc

/// A source that is read ahead by a thread of its own: making its bytes goes on beside whatever is done with them.
///
/// At most ``blocks`` of ``blockSize`` bytes are read ahead; then the thread waits. Bytes, failure and end come in the
/// order in which the source gave them. A reader that goes away early ends the thread: it waits for what is being read at that moment, so that
/// nobody touches the source any more.
///
/// The watcher, if there is one, sees every block when the reader gets to it.
///
/// It is a thread and no task: it waits for the reader, and tasks that wait starve all others.
@safe package final class ReadAheadByteSource: LendingByteSource {
    private static let blocks = 4
    private static let blockSize = 256 << 10

    private let ring: BlockRing
    private let thread: pthread_t?
    private let watcher: ((Span<UInt8>) -> Void)?
    /// Counts the blocks that were delivered.
    private var received = 0
    private var available = 0..<0
    private var isAtEnd = false
    private var failure: ArchiveError?

    /// Begins to read `source`, which is nobody else's from now on.
    package init(_ source: sending any ByteSource, watcher: ((Span<UInt8>) -> Void)? = nil) {
        self.watcher = watcher
        ring = BlockRing(blocks: Self.blocks, blockSize: Self.blockSize)
        thread = Self.start(Filler(source: source, ring: ring))
    }

    deinit {
        ring.abandon()
        if let thread { pthread_join(thread, nil) }
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
            watcher?(unsafe ring.block(received - 1).extracting(available).span)
        case .failure(let error):
            failure = error
            throw error
        }
    }

    private static func start(_ filler: sending Filler) -> pthread_t? {
        let ring = filler.ring
        let handle = unsafe Unmanaged.passRetained(filler)
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { pointer in
                if let pointer = unsafe pointer {
                    unsafe Unmanaged<Filler>.fromOpaque(pointer).takeRetainedValue().run()
                }
                return nil
            }, handle.toOpaque())
        guard status == 0 else {
            unsafe handle.release()
            ring.deliver(.failure(ArchiveError(.unreadable, "thread to read ahead cannot be started")))
            return nil
        }
        return thread
    }
}

/// The other side of the ring: what the thread does.
private final class Filler {
    let ring: BlockRing
    private let source: any ByteSource

    init(source: any ByteSource, ring: BlockRing) {
        self.source = source
        self.ring = ring
    }

    /// Reads block after block until the source ends or fails, or nobody reads any more.
    func run() {
        var index = 0
        while ring.takeBlock() {
            do throws(ArchiveError) {
                var span = unsafe MutableSpan(_unsafeElements: ring.block(index))
                let count = try source.read(into: &span)
                ring.deliver(.bytes(count))
                guard count > 0 else { return }
            } catch {
                return ring.deliver(.failure(error))
            }
            index += 1
        }
    }
}
