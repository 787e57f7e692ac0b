/// Looks for archives in what belongs to none: behind a program, an archive's end, or what is broken in an archive.
package struct ArchiveSearch {
    /// From where on what is compressed may begin in a program; nil: nowhere.
    private var programEnd: Int?
    /// From where on a program's sections may be compressed, and what else is not loaded; nil: nowhere.
    private var sections: Int?
    private let isInProgram: Bool
    /// Up to where gzip streams are the program's own, behind which more of it may follow.
    private var ownEnd = Int.max
    private var zips = StartSearch(length: ZipStart.headerLength)
    private var appended = StartSearch(length: StreamStart.headerLength)
    private var embedded = StartSearch(length: StreamStart.headerLength)
    private var zlibs = StartSearch(length: ProgramSections.markLength)
    private var zstds = StartSearch(length: ProgramSections.markLength)
    /// Where the search began that goes on.
    private var start = 0
    /// Where a stream ended behind which one of zlib may follow at once.
    private var streamEnd: Int?
    /// Where a block of the tar stream begins that was read last.
    private var blocks: Int?
    /// From where on an archive is due, of whatever kind, behind zeros; nil: nowhere.
    private var end: Int?
    private var isDueNext = true
    /// Whether the archive that was found last begins where one is due, so that it is one in any case.
    package private(set) var isDue = false
    /// Whether more than a few other bytes than zeros and text were passed over where an archive is due.
    package var hasOtherBytes: Bool { otherBytes >= Self.leastOther }
    private var otherBytes = 0
    /// In fewer nothing is hidden: a word behind base64 may be read as part of it.
    private static let leastOther = 12

    /// Of what is in a program or appended to it: zips and gzip streams anywhere, and what is compressed otherwise from
    /// `end` on, if that is known.
    ///
    /// From `sections` on, where that is known, lies what is not loaded to run it, of which parts may be compressed. What
    /// begins before `ownEnd` may have more of the program behind it; nil where nobody knows which does.
    package init(behindProgram end: Int?, sections: Int?, ownEnd: Int?) {
        (isInProgram, programEnd, self.sections) = (true, end, sections)
        self.ownEnd = ownEnd ?? .max
    }

    /// Of what follows a place at which an archive was broken.
    ///
    /// `blocks` is where it began if it is a tar stream.
    package init(behindBreakWithBlocks blocks: Int?) { (isInProgram, self.blocks) = (false, blocks) }

    /// Of what follows an archive whose own bytes end at `end` in the file.
    package init(behind end: Int, blocks: Int?) {
        (isInProgram, self.end, self.blocks) = (false, end, blocks)
    }

    /// Takes down that `kind` was opened at `start`; what is due behind its end, if that is known, is so from `end` on.
    package mutating func pass(_ kind: ArchiveKind, at start: Int, end: Int?) {
        if kind == .tar { blocks = start }
        isDueNext = end != nil
        if let end, self.end != nil { self.end = end }
    }

    /// Takes down that a stream ended at `end`.
    package mutating func passStream(endingAt end: Int) { streamEnd = end }

    /// What may be opened.
    package enum Found {
        case archive(ArchiveKind)
        case stream(ProgramStream)
    }

    /// Goes on in the file to the next archive and says what it is; nil where there is none to the file's end.
    package mutating func next(in window: WindowedByteSource) throws(ArchiveError) -> Found? {
        start = window.position
        var search = Run(start: max(window.position, end ?? 0))
        let isFound = try window.skip(margin: ArchiveKind.prefixLength) { bytes, offset in
            find(in: bytes, at: offset, &search)
        }
        isDue = isFound && search.isDue
        guard !isFound else { return search.kind }
        let left = window.watched - search.passed
        if end != nil, left > 0 { otherBytes += window.withEnding(left, Self.otherBytes) }
        return nil
    }

    /// One way from an archive to the next.
    private struct Run {
        /// Where the first byte that is no zero stands, once it was seen.
        var first: Int?
        /// Up to where it is known whether there are other bytes than text.
        var passed: Int
        var kind: Found?
        var isDue = false

        init(start: Int) { passed = start }
    }

    private mutating func find(in bytes: Span<UInt8>, at offset: Int, _ run: inout Run) -> Int? {
        var found = start(in: bytes, at: offset)
        if end != nil, isDueNext, let due = due(in: bytes, at: offset, &run),
            due.offset <= found?.offset ?? .max
        {
            found = (.archive(due.kind), due.offset)
            run.isDue = true
        }
        run.kind = found?.kind
        // What has no room to be seen whole is seen again.
        let seen = found?.offset ?? max(0, bytes.count - ArchiveKind.prefixLength)
        let from = run.passed - offset
        if end != nil, from < seen {
            otherBytes += Self.otherBytes(bytes.extracting(max(0, from)..<seen))
            run.passed = offset + seen
        }
        return found?.offset
    }

    private mutating func start(in bytes: Span<UInt8>, at offset: Int) -> (kind: Found, offset: Int)? {
        guard isInProgram else {
            return ArchiveStart.find(in: bytes, at: offset, blocks: blocks).map {
                (.archive($0.kind), $0.offset)
            }
        }
        if let next = following(in: bytes, at: offset) { return (.stream(.nextZlib), next) }
        var nearest: (kind: Found, offset: Int)?
        var end = bytes.count
        // Of two at one place the later is the surer.
        func take(_ kind: Found, _ place: Int?) {
            guard let place, place <= end else { return }
            nearest = (kind, place)
            end = place
        }
        let from = start - offset
        take(
            .archive(.zip), zips.first(in: bytes, at: offset, from: from) { ZipStart.find(in: $0, from: $1) })
        if let programEnd {
            var kind = ArchiveKind.gzip
            let place = appended.first(
                in: bytes.extracting(..<end), at: offset, from: max(from, programEnd - offset)
            ) {
                let found = StreamStart.find(in: $0, from: $1)
                kind = found?.kind ?? kind
                return found?.offset
            }
            take(.archive(kind), place)
        }
        let own = max(0, min(end + StreamStart.gzipLength, bytes.count, ownEnd - offset))
        take(
            .stream(.gzip),
            embedded.first(in: bytes.extracting(..<own), at: offset, from: from) {
                StreamStart.findGzip(in: $0, from: $1)
            })
        guard let sections else { return nearest }
        // A section that the headers do not speak of looks like something appended.
        var limit: Int { min(bytes.count, end + ProgramSections.markLength) }
        let place = zlibs.first(
            in: bytes.extracting(..<limit), at: offset, from: max(from, sections - offset)
        ) { ProgramSections.firstZlib(in: $0, from: $1) }
        let isSection = place.map { ProgramSections.isSection($0, in: bytes) } ?? false
        take(.stream(isSection ? .zlibSection : .zlib), place)
        take(
            .stream(.zstdSection),
            zstds.first(in: bytes.extracting(..<limit), at: offset, from: max(from, sections - offset)) {
                ProgramSections.firstZstd(in: $0, from: $1)
            })
        return nearest
    }

    /// Where a zlib stream follows the one before at once, whatever its first block looks like.
    private func following(in bytes: Span<UInt8>, at offset: Int) -> Int? {
        guard let place = streamEnd.map({ $0 - offset }), place >= 0, place == start - offset,
            place + 2 <= bytes.count, ZlibStreams.isHeader(bytes[place], bytes[place + 1])
        else { return nil }
        return place
    }

    /// What begins with the first byte that is no zero.
    private func due(
        in bytes: Span<UInt8>, at offset: Int, _ run: inout Run
    ) -> (kind: ArchiveKind, offset: Int)? {
        if run.first == nil {
            var place = max(0, run.passed - offset)
            while place < bytes.count, bytes[place] == 0 { place += 1 }
            if place < bytes.count { run.first = offset + place }
        }
        guard let first = run.first, first >= offset, first < offset + bytes.count else { return nil }
        let beginning = bytes.extracting((first - offset)...).extracting(first: ArchiveKind.prefixLength)
        return ArchiveKind.sniff(beginning).map { ($0, first - offset) }
    }

    /// How many bytes neither fill a block up nor stand in text.
    private static func otherBytes(_ bytes: Span<UInt8>) -> Int {
        var count = 0
        for index in bytes.indices {
            switch bytes[index] {
            case 0, 9...13, 0x1b, 0x20...0x7e: continue
            default: count += 1
            }
        }
        return count
    }
}
