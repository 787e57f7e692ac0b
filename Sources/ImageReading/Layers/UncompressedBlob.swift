internal import Archives

/// What a compressed blob holds; at its end, or where it fails, the blob itself is read to the end.
///
/// A decompressor stops where its format ends, and the digest of a blob is over all its bytes.
final class UncompressedBlob: ByteSource {
    /// How many bytes may come out for each that goes in, looked at from so many bytes on: gzip cannot do more than 1032,
    /// and a layer of other compressions that does is made to keep whoever reads it busy for hours.
    private static let ratio = 1_100
    private static let ratioFrom = 1 << 30

    private let blob: any ByteSource
    private let content: any ByteSource
    /// Counts what went in.
    private let stored: RunningDigest
    private var produced = 0
    private var failure: ArchiveError?

    init(
        _ blob: any ByteSource, stored: RunningDigest, as compression: Compression, memory: DecoderMemory
    ) throws(ArchiveError) {
        self.blob = blob
        self.stored = stored
        content = try compression.content(of: blob, memory: memory)
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        if let failure { throw failure }
        do throws(ArchiveError) {
            let count = try content.read(into: &buffer)
            produced += count
            try checkRatio()
            if count == 0, !buffer.isEmpty { _ = try blob.drain() }
            return count
        } catch {
            failure = error
            _ = try? blob.drain()
            throw error
        }
    }

    private func checkRatio() throws(ArchiveError) {
        guard produced > Self.ratioFrom, produced / max(stored.count, 1) > Self.ratio else { return }
        throw ArchiveError(
            .tooLarge, "layer expands to more than \(produced >> 20) MiB, over \(Self.ratio) times its size")
    }
}
