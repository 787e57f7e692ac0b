import Archives
import Detection
import Model

/// Archives behind something else in a file: a program, another archive, or what is broken in one.
extension FileInspection {
    /// How often something is taken for the start of an archive: honest files hold a few constants like that.
    private static let attempts = 100

    /// Reads the archives that are appended to a program: zips, of which the last is held against what the file's end says
    /// of it, and what is compressed.
    func openBehindProgram(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws {
        var search = window.withBeginning { beginning in
            // How long it is, nobody knows of what comes out of a stream: then all may be appended that looks like it.
            let end = ProgramEnd.find(in: beginning, size: entry.size)
            return ArchiveSearch(
                behindProgram: end,
                sections: ProgramEnd.loaded(in: beginning, size: entry.size > 0 ? entry.size : .max),
                ownEnd: entry.size > 0 ? end : nil)
        }
        let rest = try openRest(&search, of: entry, at: window, within: within, meter: meter, into: &result)
        try window.finish()
        holdAgainstTable(rest.streams, in: window, within: within, meter: meter, into: &result)
        let told = result.gaps.count
        if let last = rest.last, Self.hasTrailer(window) {
            check(last.members, behind: last.start, in: window, into: &result)
        } else if rest.last != nil {
            // By this end nobody takes the program for a zip, and only it knows of those that lie in it, as Go's do of the
            // time zones.
            result.note(rest.flaws)
        } else {
            noteUnopened(in: window, into: &result)
        }
        // What is told of the zip at the end is what came of it.
        if rest.hasMore, result.gaps.count == told { noteUntried(into: &result) }
    }

    /// Opens what stands behind an archive's end, as programs do that read on, and what is left of one that is broken.
    ///
    /// All that is stored was searched as it is. What begins as an archive is opened, and where an archive ends, other
    /// bytes than zeros and text are told of, for nobody knows what they hold.
    func openBehind(
        _ opening: Opening, of kind: ArchiveKind, at start: Int, _ entry: FileEntry,
        at window: WindowedByteSource, within: [String], meter: ExpansionMeter, into result: inout Result
    ) throws {
        guard [.tar, .zip, .ar, .cpio].contains(kind), meter.exceeded == nil else { return }
        let blocks = kind == .tar ? start : nil
        switch opening {
        case .refused, .whole(nil): return
        case .left(let end):
            window.goBack(to: start + max(end, ZipStart.headerLength))
            var search = ArchiveSearch(behindBreakWithBlocks: blocks)
            let rest = try openRest(
                &search, of: entry, at: window, within: within, meter: meter, into: &result)
            if rest.hasMore { noteUntried(into: &result) }
            // Of one that does not even begin as a zip, the file's end says whether it is one all the same.
            guard kind == .zip, end == 0 else { return }
            try window.finish()
            if let last = rest.last {
                check(last.members, behind: last.start, in: window, into: &result)
            } else {
                noteUnopened(in: window, into: &result)
            }
        case .whole(let end?):
            try openBehind(
                kind.rawValue, endingAt: start + end, search: start + end, blocks: blocks, entry, at: window,
                within: within, meter: meter, into: &result)
        case .wholeZip(let zip):
            try openBehind(
                kind.rawValue, endingAt: start + (zip.whole?.withComment ?? zip.end),
                search: start + (zip.whole?.withoutComment ?? zip.end), blocks: nil, entry, at: window,
                within: within, meter: meter, into: &result)
        }
    }

    /// Opens what stands behind the end of something, from the place `search` on.
    func openBehind(
        _ kind: String, endingAt end: Int, search start: Int, blocks: Int?, _ entry: FileEntry,
        at window: WindowedByteSource, within: [String], meter: ExpansionMeter, into result: inout Result
    ) throws {
        window.goBack(to: start)
        var search = ArchiveSearch(behind: end, blocks: blocks)
        let rest = try openRest(&search, of: entry, at: window, within: within, meter: meter, into: &result)
        if search.hasOtherBytes {
            result.note(.unsupported, "\(kind): bytes that are neither text nor an archive follow its end")
        }
        if rest.hasMore { noteUntried(into: &result) }
    }

    /// What is said where a zip is due and ends early, since other programs read it from its end.
    private static func withheld(
        _ gap: (reason: GapReason, detail: String)
    ) -> (reason: GapReason, detail: String) {
        (gap.reason == .malformedArchive ? .unreadable : gap.reason, gap.detail)
    }

    private func noteUntried(into result: inout Result) {
        result.note(.sizeLimit, "more looks like the start of an archive or a stream than is tried")
    }

    /// What the rest of a file was found to hold.
    private struct Rest {
        /// The zip that was opened last, and where it begins.
        var last: (members: ZipMembers, start: Int)?
        /// Why the zips may be others to whoever goes by their tables.
        var flaws: [(reason: GapReason, detail: String)] = []
        /// Where the zlib streams begin that were opened.
        var streams: Set<Int> = []
        /// Whether there is more that looks like an archive than was tried.
        var hasMore = false
    }

    /// Opens the archives that `search` finds from here on.
    private func openRest(
        _ search: inout ArchiveSearch, of entry: FileEntry, at window: WindowedByteSource, within: [String],
        meter: ExpansionMeter, into result: inout Result
    ) throws -> Rest {
        var rest = Rest()
        var attempts = 0
        var streams = StreamTally()
        while let next = try search.next(in: window) {
            guard case .archive(let kind) = next else {
                guard case .stream(let stream) = next else { continue }
                let start = window.position
                let end = try openStream(
                    stream, of: entry, at: window, within: within, meter: meter, into: &result)
                if let end {
                    search.passStream(endingAt: end)
                    rest.streams.insert(start)
                }
                streams.count(isWhole: end != nil)
                guard streams.mayGoOn(at: window.position), meter.exceeded == nil else {
                    rest.hasMore = meter.exceeded == nil
                    break
                }
                continue
            }
            guard attempts < Self.attempts else {
                rest.hasMore = true
                break
            }
            attempts += 1
            let start = window.position
            var found = Result()
            let opening = try open(kind, entry, at: window, within: within, meter: meter, into: &found)
            result.add(found.sightings)
            // What only looked like a header is none of our business, but what follows it may be one.
            if search.isDue || opening.isTelling(of: kind) || meter.exceeded != nil {
                result.note(search.isDue && kind == .zip ? found.gaps.map(Self.withheld) : found.gaps)
            }
            if let zip = opening.zip {
                rest.last = (zip, start)
                if let flaw = zip.flaw { rest.flaws.append(flaw) }
                if search.isDue, let contradiction = zip.contradiction {
                    result.note(.unreadable, contradiction)
                }
            }
            guard meter.exceeded == nil, let (next, end) = opening.goingOn(from: start, kind) else { break }
            window.goBack(to: next)
            search.pass(kind, at: start, end: end)
        }
        return rest
    }
}

extension FileInspection.Opening {
    /// Whether what was not seen of an archive of this kind is worth telling where only its header speaks for one.
    fileprivate func isTelling(of kind: ArchiveKind) -> Bool {
        switch self {
        // Of a zip only a few bytes are looked at, of the others all that their headers have.
        case .refused, .left: kind != .zip
        case .whole, .wholeZip: true
        }
    }

    /// Where to look for the next archive behind one that begins at `start`, and where this one ends, if that is known;
    /// nil where there is nothing to look for.
    fileprivate func goingOn(from start: Int, _ kind: ArchiveKind) -> (next: Int, end: Int?)? {
        switch self {
        case .refused: (start + ZipStart.headerLength, nil)
        // What only looks like a zip may have hidden anything.
        case .left(let end): (start + max(kind == .zip ? 0 : end, ZipStart.headerLength), nil)
        case .whole(let end): end.map { (start + $0, start + $0) }
        case .wholeZip(let zip):
            if let whole = zip.whole {
                (start + whole.withoutComment, start + whole.withComment)
            } else {
                (start + zip.end, nil)
            }
        }
    }
}
