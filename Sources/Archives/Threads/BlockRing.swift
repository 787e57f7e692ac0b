internal import Dispatch
internal import Synchronization

/// A few blocks of memory that go round between two threads: one fills them, the other reads them, in order.
///
/// A block belongs to the filling side from the moment it takes one until it delivers it, and then to the reading side
/// until that gives it back. A queue and a semaphore hand it over, so that no byte is ever touched by two: hence
/// `@unchecked Sendable` over the plain memory.
@safe final class BlockRing: @unchecked Sendable {
    /// What is handed on.
    enum Delivery {
        /// So many bytes at the start of the next block; none at the end.
        case bytes(Int)
        case failure(ArchiveError)

        /// Whether nothing follows it.
        var isLast: Bool {
            switch self {
            case .bytes(let count): count == 0
            case .failure: true
            }
        }
    }

    private let memory: ByteBlock
    private let blockSize: Int
    private let blocks: Int
    private let free: DispatchSemaphore
    private let filled = Handover<Delivery>()
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

    /// The filling side: hands the block that was taken on.
    func deliver(_ delivery: Delivery) { filled.put(delivery) }

    /// The reading side: waits for the next delivery.
    func next() -> Delivery { filled.take() }

    /// The reading side: gives back the block of the delivery before the last.
    func giveBack() { free.signal() }

    /// The reading side: wants nothing more; the filling side ends at the next block.
    func abandon() {
        isAbandoned.store(true, ordering: .releasing)
        free.signal()
    }
}
