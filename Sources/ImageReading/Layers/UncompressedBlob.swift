internal import Archives

/// What a compressed blob holds; at its end, or where it fails, the blob itself is read to the end.
///
/// A decompressor stops where its format ends, and the digest of a blob is over all its bytes.
final class UncompressedBlob: ByteSource {
    private let blob: any ByteSource
    private let content: any ByteSource

    init(
        _ blob: any ByteSource, as compression: Compression, memory: DecoderMemory
    ) throws(ArchiveError) {
        self.blob = blob
        content = try compression.content(of: blob, memory: memory)
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        do throws(ArchiveError) {
            let count = try content.read(into: &buffer)
            if count == 0, !buffer.isEmpty { _ = try blob.drain() }
            return count
        } catch {
            _ = try? blob.drain()
            throw error
        }
    }
}
