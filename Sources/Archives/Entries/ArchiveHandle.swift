internal import CLibArchive

/// A libarchive reader, freed with its owner.
@safe struct ArchiveHandle: ~Copyable {
    let pointer: OpaquePointer

    init() throws(ArchiveError) {
        guard let pointer = unsafe archive_read_new() else {
            throw ArchiveError(.unreadable, "archive reader cannot be made", underlying: "out of memory")
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe archive_read_free(pointer) }

    /// The failure that libarchive now remembers, as ours.
    func error(_ status: CInt, while action: String) -> ArchiveError {
        let words = unsafe archive_error_string(pointer).map { unsafe String(cString: $0) } ?? ""
        return ArchiveError(
            Self.code(words.lowercased()), action, underlying: words, canContinue: status > ARCHIVE_FATAL)
    }

    /// What libarchive complains of when it leaves an entry usable.
    var warning: String? {
        unsafe archive_error_string(pointer).map { unsafe String(cString: $0) }
    }

    private static func code(_ words: String) -> ArchiveError.Code {
        // zlib's own number for input that ends too early.
        let isCutDeflate = words.contains("decompression failed (-5)")
        if isCutDeflate || words.contains("truncated") || words.contains("premature end") {
            return .truncated
        }
        if words.contains("encrypt") || words.contains("passphrase") { return .encrypted }
        if words.contains("unrecognized archive format") { return .unrecognised }
        if words.contains("can't allocate") || words.contains("memory") { return .tooLarge }
        // The directory of a 7z archive is at its end.
        if words.contains("does not support seeking") { return .unsupported }
        if words.contains("unsupported") || words.contains("not supported") { return .unsupported }
        if words.contains("bad crc") || words.contains("checksum") { return .checksumMismatch }
        return .malformed
    }
}
