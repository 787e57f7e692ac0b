/// Why something was not looked at.
package enum GapReason: String, Codable, Sendable, CaseIterable, Comparable {
    /// The blob is not where the manifest says, or reading it failed.
    case unreadable
    /// The bytes end before the format says they should.
    case truncated
    /// The bytes are not those the manifest or the config names.
    case digestMismatch = "digest-mismatch"
    /// A media type or compression we do not read.
    case unsupported
    /// A layer that lies elsewhere and is not part of the image as stored.
    case foreignLayer = "foreign-layer"
    /// A layer whose tar stream is broken.
    case malformedLayer = "malformed-layer"
    /// A file that looks like an archive and could not be opened as one; its bytes were scanned as they are.
    case malformedArchive = "malformed-archive"
    /// A database or the like that was not taken apart, because of its size; its bytes were searched as they are.
    case searchedAsStored = "searched-as-stored"
    /// An archive under a password.
    case encryptedArchive = "encrypted-archive"
    /// Archives nested deeper than we open.
    case depthLimit = "depth-limit"
    /// An archive that expands to more than we read.
    case sizeLimit = "size-limit"
    /// An archive that expands by more than any honest one does.
    case ratioLimit = "ratio-limit"
    /// The history does not tell which step made which layer, so nothing is attributed to one; all bytes were read.
    case historyMismatch = "history-mismatch"
    /// A statement that a builder or signer made of the image and stored beside it.
    case attestation
    /// Something beside the image that is none: a signature, a chart, a bill of materials.
    case artifact
    /// A detector gave up on a file, which its own reason explains.
    case detectorLimit = "detector-limit"
    /// A record in another tool's results that cannot be understood.
    case malformedResult = "malformed-result"

    /// Whether this leaves something unseen, so that no rule that needed it may pass.
    ///
    /// A broken archive does not: its members were read as far as they are members, and its bytes were scanned as stored.
    /// What is broken and compressed is `unreadable`, for other programs give what comes before the break. A database that was not
    /// taken apart does: in its bytes long values lie in pieces, and values apart from their names. What lies beside an
    /// image is no part of it; a statement of it whose text could not be searched is `unreadable`.
    package var blocksPass: Bool {
        switch self {
        case .malformedArchive, .historyMismatch, .attestation, .artifact: false
        case .unreadable, .truncated, .digestMismatch, .unsupported, .foreignLayer, .malformedLayer,
            .searchedAsStored,
            .encryptedArchive, .depthLimit, .sizeLimit, .ratioLimit, .detectorLimit, .malformedResult:
            true
        }
    }

    package static func < (left: GapReason, right: GapReason) -> Bool { left.rawValue < right.rawValue }
}
