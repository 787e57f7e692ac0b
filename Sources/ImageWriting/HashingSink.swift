internal import Archives
internal import Cryptography

/// Counts and hashes what passes through it.
final class HashingSink: ByteSink {
    private let next: any ByteSink
    private var hasher: SHA256Hasher? = SHA256Hasher()
    private(set) var count = 0
    /// `sha256:…` of everything, once finished.
    private(set) var digest = ""

    init(_ next: any ByteSink) { self.next = next }

    func write(_ bytes: Span<UInt8>) throws(ArchiveWriteError) {
        hasher?.update(bytes)
        count += bytes.count
        try next.write(bytes)
    }

    func finish() throws(ArchiveWriteError) {
        if let hasher = hasher.take() { digest = ContentDigest.text(hasher.finish()) }
        try next.finish()
    }
}
