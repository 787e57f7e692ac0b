import Archives
import Model

/// What came out of the archives of one file so far, and whether that was too much.
final class ExpansionMeter {
    private let limit: ExpansionLimit
    private var expanded = 0
    /// The limit that was hit; what lay beyond it was not looked at.
    private(set) var exceeded: GapReason?

    init(limit: ExpansionLimit) { self.limit = limit }

    /// Counts bytes that came out, given how many of the file have gone in.
    func count(_ bytes: Int, from stored: Int) throws(ArchiveError) {
        expanded += bytes
        if expanded > limit.bytes { exceeded = .sizeLimit }
        if expanded > limit.ratioFrom, expanded / max(stored, 1) > limit.ratio { exceeded = .ratioLimit }
        if exceeded != nil { throw ArchiveError(.tooLarge, "expands to more than \(expanded >> 20) MiB") }
    }
}
