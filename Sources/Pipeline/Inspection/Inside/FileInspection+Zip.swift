import Archives
import Detection
import Model

extension FileInspection {
    /// How far an archive was read.
    enum Opening {
        /// Not at all, for a reason that holds for others in the same file.
        case refused
        /// Not to its end, but so many bytes of it.
        case left(end: Int)
        /// All of it, which is so many bytes; nil where nothing of the file is left.
        case whole(end: Int?)
        case wholeZip(ZipMembers)

        var zip: ZipMembers? { if case .wholeZip(let members) = self { members } else { nil } }
    }

    /// What was read of a zip up to its table of members.
    struct ZipMembers {
        let count: Int
        /// How many bytes they took.
        let end: Int
        /// In what they and their table disagree.
        let contradiction: String?
        /// How many bytes the whole zip takes without the comment that it may end with, and with it; nil where something
        /// else than the end of a zip follows the table.
        let whole: (withoutComment: Int, withComment: Int)?

        /// Reads the table behind the members, which end so many bytes into the zip.
        init(_ members: [ZipTable.Member], end: Int, _ source: RecentByteSource) throws(ArchiveError) {
            count = members.count
            self.end = end
            let table = if let rest = source.rest(from: end) { try ZipTable(rest) } else { ZipTable?.none }
            contradiction = table?.contradiction(to: members)
            whole = table?.end.map { (end + $0.record, end + $0.record + $0.comment) }
        }
    }

    /// A zip that begins behind other bytes is found by its end, as Java, Python and unzip do.
    func noteUnopened(in window: WindowedByteSource, into result: inout Result) {
        guard let trailer = window.withEnding(ZipTrailer.searched, ZipTrailer.find), trailer.isSure,
            trailer.members != 0
        else { return }
        result.note(.unsupported, "a zip that begins behind other bytes is not opened")
    }

    /// Holds the members that were read one after the other against the table at the end, by which other programs go.
    func check(
        _ members: ZipMembers, behind start: Int, in window: WindowedByteSource, into result: inout Result
    ) {
        guard let trailer = window.withEnding(ZipTrailer.searched, ZipTrailer.find) else {
            result.note(.unsupported, "zip: the table of members is not found at the end")
            return
        }
        if let count = trailer.members, count != members.count {
            let detail = "zip: the table at the end has \(count) members, and \(members.count) were found"
            result.note(.unreadable, detail)
        } else if let directory = trailer.directory, window.watched - directory > start + members.end {
            result.note(.unreadable, "zip: other bytes lie between the members and their table")
        } else if let contradiction = members.contradiction {
            result.note(.unreadable, contradiction)
        }
    }
}
