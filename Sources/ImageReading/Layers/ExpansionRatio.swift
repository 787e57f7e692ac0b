internal import Archives

/// How many bytes may come out of each that goes in, looked at from so many bytes on.
///
/// gzip cannot do more than 1032; what is compressed otherwise and does is made to keep whoever reads it busy for hours.
enum ExpansionRatio {
    private static let most = 1_100
    private static let from = 1 << 30

    /// Throws where the `produced` bytes of `what` are too many for those that were read of it.
    static func check(_ produced: Int, of stored: Int, _ what: String) throws(ArchiveError) {
        guard produced > from, produced / max(stored, 1) > most else { return }
        throw ArchiveError(
            .tooLarge, "\(what) expands to more than \(produced >> 20) MiB, over \(most) times its size")
    }
}
