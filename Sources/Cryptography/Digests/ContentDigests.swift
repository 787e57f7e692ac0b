internal import CLibCrypto
internal import FoundationEssentials

/// The digests of one content under which package databases know files.
package final class ContentDigests: Sendable, Codable {
    /// Empty where libcrypto offers none, as under a FIPS provider: then nothing can be proven by it.
    package let md5: [UInt8]
    package let sha1: [UInt8]
    package let sha256: [UInt8]

    /// The digests of `content`, which is all there is.
    package init(of content: Span<UInt8>) {
        md5 = unsafe Self.digest(content, EVP_md5())
        sha1 = unsafe Self.digest(content, EVP_sha1())
        sha256 = unsafe Self.digest(content, EVP_sha256())
    }

    /// One after the other, each behind its length.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        var rest = Array(try container.decode(Data.self))[...]
        func next() throws -> [UInt8] {
            guard let count = rest.popFirst(), rest.count >= Int(count) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "digests cut off")
            }
            defer { rest = rest.dropFirst(Int(count)) }
            return Array(rest.prefix(Int(count)))
        }
        (md5, sha1, sha256) = (try next(), try next(), try next())
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data([md5, sha1, sha256].flatMap { [UInt8($0.count)] + $0 }))
    }

    @unsafe private static func digest(_ content: Span<UInt8>, _ algorithm: OpaquePointer?) -> [UInt8] {
        guard let algorithm = unsafe algorithm else { return [] }
        // Whoever asks next does not want to hear of what is not offered.
        defer { ERR_clear_error() }
        var digest = [UInt8](repeating: 0, count: 64)
        var count: UInt32 = 0
        let status = unsafe content.withUnsafeBytes { bytes in
            unsafe EVP_Digest(bytes.baseAddress, bytes.count, &digest, &count, algorithm, nil)
        }
        return status == 1 ? Array(digest.prefix(Int(count))) : []
    }
}
