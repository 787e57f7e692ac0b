/// A sink that keeps everything in memory.
package final class MemorySink: ByteSink {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package func write(_ bytes: Span<UInt8>) throws(ArchiveWriteError) {
        unsafe bytes.withUnsafeBufferPointer { unsafe self.bytes.append(contentsOf: $0) }
    }

    package func finish() throws(ArchiveWriteError) {}
}
