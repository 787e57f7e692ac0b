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
        /// Why it may be another to whoever goes by the table behind the members.
        var flaw: (reason: GapReason, detail: String)? {
            if let contradiction { return (.unreadable, contradiction) }
            return whole == nil ? (.unsupported, FileInspection.tableMissing) : nil
        }

        /// Reads the table behind the members, which end so many bytes into the zip.
        init(_ members: ZipListing, end: Int, _ source: RecentByteSource) throws(ArchiveError) {
            count = members.members.count
            self.end = end
            let rest = source.rest(from: end)
            let table = if let rest { try ZipTable(rest, at: end) } else { ZipTable?.none }
            contradiction =
                table.map { $0.contradiction(to: members) }
                ?? "zip: the table of members lies too far behind them"
            whole = table?.end.map { ($0.record, $0.record + $0.comment) }
        }
    }

    /// A zip that begins behind other bytes is found by its end, as Java, Python and unzip do.
    func noteUnopened(in window: WindowedByteSource, into result: inout Result) {
        guard let trailer = window.withEnding(ZipTrailer.searched, ZipTrailer.find), trailer.isSure,
            trailer.members != 0
        else { return }
        result.note(.unsupported, "a zip that begins behind other bytes is not opened")
    }

    fileprivate static let tableMissing = "zip: the table of members is not found at the end"

    /// Whether other programs may take a file for a zip by its end.
    static func hasTrailer(_ window: WindowedByteSource) -> Bool {
        window.withEnding(ZipTrailer.searched, ZipTrailer.find) != nil
    }

    /// Holds the members that were read one after the other against the table at the end, by which other programs go.
    func check(
        _ members: ZipMembers, behind start: Int, in window: WindowedByteSource, into result: inout Result
    ) {
        guard let trailer = window.withEnding(ZipTrailer.searched, ZipTrailer.find) else {
            result.note(.unsupported, Self.tableMissing)
            return
        }
        // More than there is room for are counted elsewhere, or what is too much is left out.
        if let count = trailer.members, count != members.count & 0xffff {
            let detail = "zip: the table at the end has \(count) members, and \(members.count) were found"
            result.note(.unreadable, detail)
        } else if let contradiction = members.contradiction {
            result.note(.unreadable, contradiction)
        } else if members.whole.map({ start + $0.withoutComment }) != window.watched - trailer.end {
            let detail = "zip: the end of the file has another table than the one behind the members"
            result.note(.unreadable, detail)
        }
    }

    /// Where the members of a zip end early and its end is there all the same, other programs find members by that.
    func noteCut(in window: WindowedByteSource, into result: inout Result) {
        guard let trailer = window.withEnding(ZipTrailer.searched, ZipTrailer.find), trailer.isSure,
            trailer.members != 0, !result.gaps.contains(where: \.reason.blocksPass)
        else { return }
        result.note(.unreadable, "zip: its members end early, and its table is there")
    }
}
