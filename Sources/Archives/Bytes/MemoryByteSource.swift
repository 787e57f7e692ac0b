/// Bytes in memory, as a source.
package final class MemoryByteSource: SeekableByteSource {
    package private(set) var position = 0
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package var size: Int { bytes.count }

    package func seek(to position: Int) { self.position = min(max(position, 0), size) }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let count = min(buffer.count, bytes.count - position)
        guard count > 0 else { return 0 }
        unsafe buffer.withUnsafeMutableBytes { target in
            unsafe bytes.withUnsafeBytes { source in
                let piece = unsafe UnsafeRawBufferPointer(rebasing: source[position..<(position + count)])
                unsafe target.copyMemory(from: piece)
            }
        }
        position += count
        return count
    }
}
