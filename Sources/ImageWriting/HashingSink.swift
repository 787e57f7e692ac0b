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

/// A digest as OCI documents write it.
enum ContentDigest {
    private static let digits = Array("0123456789abcdef".utf8)

    static func of(_ bytes: [UInt8]) -> String { text(SHA256Hasher.hash(bytes)) }

    static func text(_ hash: [UInt8]) -> String {
        let hex = hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "sha256:" + String(decoding: hex, as: UTF8.self)
    }

    /// The part after the colon.
    static func hex(_ digest: String) -> String {
        digest.split(separator: ":").last.map { String($0) } ?? digest
    }
}
