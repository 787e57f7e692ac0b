internal import Cryptography

/// The list of digests that `sha256sum -c` reads.
enum Checksums {
    static let fileName = "SHA256SUMS"

    /// A line for each of `files`, in their order.
    static func list(_ files: [BundleFile]) -> BundleFile {
        let lines = files.map { "\(HexDigits.text(SHA256Hasher.hash($0.bytes)))  \($0.name)\n" }
        return BundleFile(name: fileName, bytes: Array(lines.joined().utf8))
    }
}
