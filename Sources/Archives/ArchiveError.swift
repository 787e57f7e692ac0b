/// Why bytes could not be read, decompressed, or taken apart as an archive.
///
/// Two errors are equal when their codes are, so that nobody depends on wording.
package struct ArchiveError: Error, Sendable {
    package enum Code: String, Sendable {
        /// The file or whatever lies below failed.
        case unreadable
        /// The bytes end before the format says they should.
        case truncated
        /// The bytes break the format.
        case malformed
        /// The content is not what the stored checksum promises.
        case checksumMismatch = "checksum-mismatch"
        /// A whole stream, and then bytes that belong to none.
        case trailingGarbage = "trailing-garbage"
        /// Not a format we know.
        case unrecognised
        /// A feature of the format that we do not read.
        case unsupported
        /// Under a password.
        case encrypted
        /// It wants more memory than we give.
        case tooLarge = "too-large"
    }

    package let code: Code
    package let reason: String
    /// The library's own words, or the system's.
    package let underlying: String?
    /// Whether the next entry may still be asked for.
    package let canContinue: Bool

    package init(_ code: Code, _ reason: String, underlying: String? = nil, canContinue: Bool = false) {
        self.code = code
        self.reason = reason
        self.underlying = underlying
        self.canContinue = canContinue
    }
}

extension ArchiveError: Hashable {
    package static func == (left: ArchiveError, right: ArchiveError) -> Bool { left.code == right.code }

    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension ArchiveError: CustomStringConvertible {
    package var description: String {
        guard let underlying, !underlying.isEmpty else { return reason }
        return "\(reason): \(underlying)"
    }
}
