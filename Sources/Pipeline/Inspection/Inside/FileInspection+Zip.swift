import Archives
import Detection
import Model

extension FileInspection {
    /// How often something in a program is taken for the start of an archive: honest ones hold a few constants like that.
    private static let programAttempts = 100

    /// How far an archive was read.
    enum Opening {
        /// Not to its end.
        case left
        case whole
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

        /// Reads the table behind the members, which end so many bytes into the zip.
        init(_ members: [ZipTable.Member], end: Int, _ source: RecentByteSource) throws(ArchiveError) {
            count = members.count
            self.end = end
            let table = source.rest(from: end)
            contradiction = if let table { try ZipTable(table).contradiction(to: members) } else { nil }
        }
    }

    /// Reads the archives that are appended to a program: zips, of which the last is held against what the file's end says
    /// of it, and what is compressed.
    func openBehindProgram(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws {
        let programEnd = window.withBeginning { ProgramEnd.find(in: $0, size: entry.size) }
        var last: (members: ZipMembers, start: Int)?
        var attempts = 0
        var next: ArchiveKind?
        while attempts < Self.programAttempts,
            try window.skip(
                margin: StreamStart.headerLength,
                toFirst: { bytes, offset in
                    let zip = ZipStart.find(in: bytes)
                    let stream = programEnd.flatMap {
                        StreamStart.find(in: bytes.extracting(..<(zip ?? bytes.count)), from: $0 - offset)
                    }
                    next = stream?.kind ?? .zip
                    return stream?.offset ?? zip
                }),
            let kind = next
        {
            attempts += 1
            let start = window.position
            var found = Result()
            let opening = try open(kind, entry, at: window, within: within, meter: meter, into: &found)
            result.add(found.sightings)
            if let zip = opening.zip { last = (zip, start) }
            // What only looked like a header is none of our business, but what follows it may be one.
            if opening.isTelling(of: kind) || meter.exceeded != nil { result.note(found.gaps) }
            // It takes all that there is.
            if case .whole = opening, kind.isStream { break }
            window.goBack(to: start + (opening.zip?.end ?? ZipStart.headerLength))
        }
        try window.finish()
        guard let last else { return noteUnopened(in: window, into: &result) }
        check(last.members, behind: last.start, in: window, into: &result)
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

extension FileInspection.Opening {
    /// Whether what was not seen of an archive of this kind is worth telling where only its header speaks for one.
    fileprivate func isTelling(of kind: ArchiveKind) -> Bool {
        switch self {
        // Of a zip only a few bytes are looked at, of the others all that their headers have.
        case .left: kind != .zip
        case .whole, .wholeZip: true
        }
    }
}
