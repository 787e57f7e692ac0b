internal import Dispatch
internal import Synchronization

/// A few blocks of memory that go round between two threads: one fills them, the other reads them, in order.
///
/// A block belongs to the filling side from the moment it takes one until it delivers it, and to the reading side from
/// then on until that gives it back. The semaphores hand it over, so that no byte is ever touched by both: hence
/// `@unchecked Sendable` over the plain memory.
@safe final class BlockRing: @unchecked Sendable {
    /// What the reading side gets.
    enum Delivery {
        /// So many bytes at the start of the next block.
        case bytes(Int)
        case failure(ArchiveError)
    }

    private let memory: ByteBlock
    private let blockSize: Int
    private let blocks: Int
    private let free: DispatchSemaphore
    private let delivered = DispatchSemaphore(value: 0)
    private let deliveries = Mutex<[Delivery]>([])
    private let isAbandoned = Atomic(false)

    init(blocks: Int, blockSize: Int) {
        self.blocks = blocks
        self.blockSize = blockSize
        memory = ByteBlock(capacity: blocks * blockSize)
        // A semaphore must not be freed at less than it was made with, so it begins empty and is filled up.
        free = DispatchSemaphore(value: 0)
        for _ in 0..<blocks { free.signal() }
    }

    /// Block number `index`, counted without end, for the side that it belongs to.
    @unsafe func block(_ index: Int) -> UnsafeMutableBufferPointer<UInt8> {
        let start = index % blocks * blockSize
        return unsafe memory.bytes.extracting(start..<(start + blockSize))
    }

    /// The filling side: waits for a block; false once nobody reads any more.
    func takeBlock() -> Bool {
        free.wait()
        return !isAbandoned.load(ordering: .acquiring)
    }

    /// The filling side: hands the block that was taken to the reading side.
    func deliver(_ delivery: Delivery) {
        deliveries.withLock { $0.append(delivery) }
        delivered.signal()
    }

    /// The reading side: waits for the next delivery.
    func next() -> Delivery {
        delivered.wait()
        return deliveries.withLock { $0.removeFirst() }
    }

    /// The reading side: gives back the block of the delivery before the last.
    func giveBack() { free.signal() }

    /// The reading side: wants nothing more; the filling side ends at the next block.
    func abandon() {
        isAbandoned.store(true, ordering: .releasing)
        free.signal()
    }
}
