internal import Archives
internal import Cryptography

/// A source that hashes and counts what is read through it.
final class DigestingSource: ByteSource {
    private let source: any ByteSource
    private var hasher = SHA256Hasher()
    private(set) var count = 0

    init(_ source: any ByteSource) { self.source = source }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let read = try source.read(into: &buffer)
        hasher.update(buffer.span.extracting(0..<read))
        count += read
        return read
    }

    /// The digest of what was read; what is read afterwards counts anew.
    func finish() -> [UInt8] {
        var finished = SHA256Hasher()
        swap(&finished, &hasher)
        return finished.finish()
    }
}
