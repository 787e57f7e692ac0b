internal import Archives

/// What a blob holds once it is uncompressed, hashed as it is read; at its end, or where it fails, the blob itself is read to the end.
///
/// A decompressor stops where its format ends, and the digest of a blob is over all its bytes.
final class UncompressedBlob: ByteSource {
    private let blob: any ByteSource
    private let content: any ByteSource
    /// Counts what went in.
    private let stored: RunningDigest
    /// Of what came out; nil where that is the same.
    private let tar: RunningDigest?
    private var produced = 0
    private var failure: ArchiveError?

    /// Takes `tar` for what comes out, which is `stored` where the blob is not compressed.
    init(
        _ blob: any ByteSource, stored: RunningDigest, as compression: Compression,
        into tar: RunningDigest, memory: DecoderMemory
    ) throws(ArchiveError) {
        self.blob = blob
        self.stored = stored
        self.tar = tar === stored ? nil : tar
        content = try compression.content(of: blob, memory: memory)
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        if let failure { throw failure }
        do throws(ArchiveError) {
            let count = try content.read(into: &buffer)
            produced += count
            tar?.update(buffer.span.extracting(0..<count))
            try ExpansionRatio.check(produced, of: stored.count, "layer")
            if count == 0, !buffer.isEmpty { _ = try blob.drain() }
            return count
        } catch {
            failure = error
            _ = try? blob.drain()
            throw error
        }
    }
}
