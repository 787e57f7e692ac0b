/// Bytes that were already taken from a source, and then the rest of it: how one looks ahead in a stream.
package final class PrefixedByteSource: ByteSource {
    private let prefix: MemoryByteSource
    private let rest: any ByteSource

    package init(prefix: [UInt8], rest: any ByteSource) {
        self.prefix = MemoryByteSource(prefix)
        self.rest = rest
    }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let count = try prefix.read(into: &buffer)
        return count > 0 || buffer.isEmpty ? count : try rest.read(into: &buffer)
    }
}
