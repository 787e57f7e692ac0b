internal import Archives

/// A source that hashes and counts what is read through it.
final class DigestingSource: ByteSource {
    private let source: any ByteSource
    private let digest: RunningDigest

    init(_ source: any ByteSource, into digest: RunningDigest) {
        self.source = source
        self.digest = digest
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let read = try source.read(into: &buffer)
        digest.update(buffer.span.extracting(0..<read))
        return read
    }
}
