internal import Archives

/// What a blob holds once it is uncompressed, hashed as it is read; at its end, or where it fails, the blob itself is read to the end.
///
/// A decompressor stops where its format ends, and the digest of a blob is over all its bytes.
final class UncompressedBlob: ByteSource {
    private let blob: CountingSource
    private let content: any ByteSource
    /// Of what came out; nil where that is hashed as what went in.
    private let digest: RunningDigest?
    private var produced = 0
    private var failure: ArchiveError?

    init(
        _ blob: any ByteSource, as compression: Compression, into digest: RunningDigest?,
        memory: DecoderMemory, notes: StreamNotes
    ) throws(ArchiveError) {
        self.blob = CountingSource(blob)
        self.digest = digest
        content = try compression.content(of: self.blob, memory: memory, notes: notes)
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        if let failure { throw failure }
        do throws(ArchiveError) {
            let count = try content.read(into: &buffer)
            produced += count
            digest?.update(buffer.span.extracting(0..<count))
            try ExpansionRatio.check(produced, of: blob.count, "layer")
            if count == 0, !buffer.isEmpty { _ = try blob.drain() }
            return count
        } catch {
            failure = error
            _ = try? blob.drain()
            throw error
        }
    }
}

/// A source that counts what is taken from it, which is less than what is read ahead.
private final class CountingSource: ByteSource {
    private let source: any ByteSource
    private(set) var count = 0

    init(_ source: any ByteSource) { self.source = source }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let read = try source.read(into: &buffer)
        count += read
        return read
    }
}
