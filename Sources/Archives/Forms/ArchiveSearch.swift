/// Looks for archives in what belongs to none: behind a program, an archive's end, or what is broken in an archive.
package struct ArchiveSearch {
    /// From where on what is compressed may begin in a program; nil: nowhere.
    private var programEnd: Int?
    /// From where on a program's sections may be compressed; nil: nowhere.
    private var sections: Int?
    private let isInProgram: Bool
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

    /// Of what is appended to a program: zips anywhere, and what is compressed from `end` on, if that is known.
    ///
    /// From `sections` on, where that is known, lies what is not loaded to run it, of which sections may be compressed.
    package init(behindProgram end: Int?, sections: Int?) {
        (isInProgram, programEnd, self.sections) = (true, end, sections)
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

    /// What may be opened.
    package enum Found {
        case archive(ArchiveKind)
        case section(ProgramSection)
    }

    /// Goes on in the file to the next archive and says what it is; nil where there is none to the file's end.
    package mutating func next(in window: WindowedByteSource) throws(ArchiveError) -> Found? {
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

    private func start(in bytes: Span<UInt8>, at offset: Int) -> (kind: Found, offset: Int)? {
        guard isInProgram else {
            return ArchiveStart.find(in: bytes, at: offset, blocks: blocks).map {
                (.archive($0.kind), $0.offset)
            }
        }
        let zip = ZipStart.find(in: bytes)
        let stream = programEnd.flatMap {
            StreamStart.find(in: bytes.extracting(..<(zip ?? bytes.count)), from: $0 - offset)
        }
        let archive = stream ?? zip.map { (.zip, $0) }
        // A section that the headers do not speak of looks like something appended.
        let limit = min(bytes.count, (archive?.offset ?? bytes.count) + ProgramSections.markLength)
        let section = sections.flatMap {
            ProgramSections.find(in: bytes.extracting(..<limit), from: $0 - offset)
        }
        return section.map { (.section($0.compression), $0.offset) }
            ?? archive.map { (.archive($0.kind), $0.offset) }
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
