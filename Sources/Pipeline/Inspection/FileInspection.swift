import Archives
import Cryptography
import Detection
import Model

/// Shows files to the detectors, and the files inside them, to any depth that is reasonable.
///
/// Every file is scanned as it is stored. Where it is an archive, its entries are read out of the very bytes that the
/// scanner has just seen, and scanned as files of their own: one pass, and memory for one window a level.
final class FileInspection {
    struct Level {
        let scanner: ImageScanner
        let window: WindowedByteSource
    }

    private static let windowSize = 1 << 20

    let detectors: DetectorSet
    let limit: ExpansionLimit
    let memory: DecoderMemory
    private(set) var levels: [Level] = []
    /// Of the layer's entries, and of what one of them holds.
    private var texts = EntryTextInspection()
    private var innerTexts = EntryTextInspection()
    /// A database whose log may come next.
    var heldDatabase: HeldDatabase?
    /// What the package databases among the files say.
    let packages = PackageReader()
    /// Whether a package database had less memory than it wants, so that something in it may be left out.
    private(set) var wasShortOfMemory = false
    private var content = PassingContent()
    /// What is larger is not held against a package's checksum.
    private static let largestOwned = 8 << 20

    init(
        detectors: DetectorSet, limit: ExpansionLimit = ExpansionLimit(),
        memory: DecoderMemory = DecoderMemory()
    ) {
        self.detectors = detectors
        self.limit = limit
        self.memory = memory
    }

    /// What a file held up to where the layer that it is in could not be read any more.
    struct CutFile: Error {
        let seen: Result
        /// What the layer's own reader threw.
        let failure: any Error
    }

    /// Reads one entry of a layer to its end; throws a ``CutFile`` where the layer's own reader throws.
    func inspect(_ entry: FileEntry, content: any ByteSource) throws -> Result {
        pass(entry)
        return try inspectAlone(entry, content: content)
    }

    /// Takes note that `entry` comes next, whoever inspects it.
    func pass(_ entry: FileEntry) {
        if let heldDatabase, !heldDatabase.isBeside(entry.path) { self.heldDatabase = nil }
    }

    /// The same for an entry that was passed.
    func inspectAlone(_ entry: FileEntry, content: any ByteSource) throws -> Result {
        var result = Result()
        innerTexts.forget()
        var taken = 0
        defer {
            packages.end()
            if taken > 0 { memory.giveBack(taken) }
        }
        let isFile = entry.kind == .file
        let isLong = entry.size >= Self.windowSize + ImageScanner.overlap && entry.size <= Self.largestOwned
        self.content.begin(expecting: isFile && isLong ? entry.size : 0)
        if isFile, packages.begin(entry.path), let wanted = packages.wantedMemory {
            taken = memory.take(min(wanted, entry.size))
            wasShortOfMemory = wasShortOfMemory || taken < min(wanted, entry.size)
            packages.allow(taken)
        }
        do {
            try inspect(entry, content, within: [], meter: ExpansionMeter(limit: limit), into: &result)
        } catch let error as ArchiveError where error.canContinue {
            result.note(.malformedLayer, String(describing: error))
        } catch {
            throw CutFile(seen: result, failure: error)
        }
        if isFile, result.sightings.contains(where: { PackageOwnership.concerns($0, at: entry.path) }) {
            result.content = digests(ofSize: entry.size)
        }
        return result
    }

    /// What the package databases among the files so far say; forgets it.
    func takePackages() -> PackageRecords { packages.finish() }

    /// The digests of the file that was inspected last; nil where it is too large to have been kept.
    private func digests(ofSize size: Int) -> ContentDigests? {
        if let digests = content.whole({ ContentDigests(of: $0) }) { return digests }
        return levels.first?.window.withBeginning { $0.count == size ? ContentDigests(of: $0) : nil } ?? nil
    }

    /// Looks at what an entry of a layer holds beside its content, before that is read.
    func inspectText(of entry: FileEntry, header: Span<UInt8>) throws -> EntryTextInspection.Result {
        texts.inspect(EntryText(entry), header: header, inside: [], scanner: try level(0).scanner)
    }

    /// Looks at what stands behind the content of the entry at `path`.
    func inspectPadding(_ padding: Span<UInt8>, behind path: EntryPath) throws -> EntryTextInspection.Result {
        EntryTextInspection.inspect(padding: padding, behind: path, scanner: try level(0).scanner)
    }

    /// Looks at what a compressed layer has beside its content.
    func inspectNotes(_ notes: Span<UInt8>, behind path: EntryPath) throws -> EntryTextInspection.Result {
        EntryTextInspection.inspect(
            padding: notes, behind: path, as: EntryTextInspection.notes, scanner: try level(0).scanner)
    }

    private func inspect(
        _ entry: FileEntry, _ content: any ByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws {
        let level = try level(within.count)
        level.scanner.begin(entry, within: within)
        var inner = Result()
        defer {
            // What holds none is let go of when its room is wanted, which spares the system to take it back and give it again.
            if memory.isHeld { level.window.close() }
            let own = level.scanner.end()
            if let shortfall = level.scanner.shortfall { result.note(.detectorLimit, shortfall) }
            result.add(Self.unlessSeenInside(own, inner.sightings))
            result.add(inner)
        }
        // Whatever kind it claims to be: a hard link may have content of its own.
        try level.window.open(content)
        switch level.window.withBeginning(FileForm.init) {
        case .archive(let kind, let offset):
            level.window.skip(offset)
            let opening = try open(kind, entry, at: level.window, within: within, meter: meter, into: &inner)
            try openBehind(
                opening, of: kind, at: offset, entry, at: level.window, within: within, meter: meter,
                into: &inner)
            try level.window.finish()
            if let zip = opening.zip {
                check(zip, behind: offset, in: level.window, into: &inner)
            } else if kind == .zip {
                noteCut(in: level.window, into: &inner)
            }
        case .program:
            try openBehindProgram(entry, at: level.window, within: within, meter: meter, into: &inner)
        case let form:
            let isEndOpened = try open(
                form, entry, at: level.window, within: within, meter: meter, into: &inner)
            try level.window.finish()
            if !isEndOpened { noteUnopened(in: level.window, into: &inner) }
        }
        try openPacked(level.scanner.packed, in: entry, within: within, meter: meter, into: &inner)
    }

    /// Takes apart a file that is no archive, as far as there is a way for its form; says whether what stands at its
    /// very end was opened as a file of its own.
    private func open(
        _ form: FileForm, _ entry: FileEntry, at window: WindowedByteSource, within: [String],
        meter: ExpansionMeter, into result: inout Result
    ) throws -> Bool {
        switch form {
        case .gitPack(let offset):
            window.skip(offset)
            try openPack(entry, at: window, within: within, meter: meter, into: &result)
        case .gitBundle: try openBundle(entry, at: window, within: within, meter: meter, into: &result)
        case .zlibStream: try openStream(entry, at: window, within: within, meter: meter, into: &result)
        case .database:
            return try openDatabase(entry, at: window, within: within, meter: meter, into: &result)
        case .databaseLog: try openLog(entry, at: window, within: within, meter: meter, into: &result)
        case .compiledPython: try openModule(entry, at: window, within: within, meter: meter, into: &result)
        case .coreDump: try openMemory(entry, at: window, within: within, into: &result)
        case .picture:
            try openStreams(
                PictureTexts(), in: entry, at: window, within: within, meter: meter, into: &result)
        case .document:
            try openStreams(
                DocumentStreams(), in: entry, at: window, within: within, meter: meter, into: &result)
        case .compiledErlang:
            try openStreams(
                ErlangTerms(), in: entry, at: window, within: within, meter: meter, into: &result)
        case .revisionLog:
            try openRevisions(entry, at: window, within: within, meter: meter, into: &result)
        case .unopened(let name): result.note(.unsupported, "\(name) is not opened")
        case .archive, .program, .other: break
        }
        return false
    }

    /// Reads the entries of an archive; says how far that went.
    ///
    /// What goes wrong with it is a gap; its bytes are scanned as stored all the same.
    func open(
        _ kind: ArchiveKind, _ entry: FileEntry, at window: WindowedByteSource, within: [String],
        meter: ExpansionMeter, into result: inout Result
    ) throws -> Opening {
        guard within.count < limit.depth else {
            result.note(.depthLimit, "\(kind.rawValue) inside \(within.count) others")
            return .refused
        }
        // Members may be packed by methods whose memory libarchive takes by itself.
        guard kind == .gzip || memory.isOffered() else { return .refused }
        var members = ZipListing()
        let recent = kind == .zip ? RecentByteSource(window) : nil
        var opened: ArchiveReader?
        do throws(ArchiveError) {
            let archive = try ArchiveReader.open(
                recent ?? window, as: .any, keepingHeaders: true, memory: memory)
            opened = archive
            while let member = try archive.next() {
                if let recent { members.add(member, of: archive, from: recent) }
                try inspectText(of: member, in: archive, of: entry, within: within, into: &result)
                let name = Self.name(of: member, in: within.last ?? entry.path.description)
                guard !member.isEncrypted else {
                    result.note(.encryptedArchive, "\(name) is under a password")
                    continue
                }
                let source = MeteredByteSource(
                    archive, meter: meter, stored: levels[0].window, limit: archive.memberLimit)
                do throws(ArchiveError) {
                    try inspect(
                        member, of: entry, source, within: within + [name], meter: meter, into: &result)
                } catch  where error.canContinue && window.failure == nil {
                    result.note([Self.gap(error, kind.rawValue, meter)])
                }
            }
            try inspectText(of: nil, in: archive, of: entry, within: within, into: &result)
            if try archive.hasUnseenBytes() {
                result.note(.unsupported, "\(kind.rawValue): bytes follow the end of the archive in it")
            }
            guard let recent else { return .whole(end: archive.isWrapped ? nil : archive.position) }
            let end = members.end(archive, from: recent)
            return .wholeZip(try ZipMembers(members, end: end, recent))
        } catch {
            // Where the file itself ends early, that is told of it, and not of the archive.
            guard window.failure == nil else { return .refused }
            var gap = Self.gap(error, kind.rawValue, meter)
            // Other programs read a zip from its end, and find the members behind the one that is broken. Whether one that
            // ends early has an end is seen when the file was read.
            let isZip = kind == .zip && !members.isEmpty && error.code != .truncated
            // What follows in a tar stream that was compressed, nobody has seen; and of a stream that is broken itself, other
            // programs give what they can uncompress.
            let isHidden = opened.map { $0.isWrapped && !$0.isInputBroken } ?? false
            if isZip || isHidden || kind.isStream, gap.reason == .malformedArchive {
                gap.reason = .unreadable
            }
            result.note([gap])
            return .left(end: opened.map { $0.isWrapped ? 0 : $0.reached } ?? 0)
        }
    }

    /// Looks at what a member holds beside its content, and at what stood behind the one before.
    private func inspectText(
        of member: ArchiveEntry?, in archive: ArchiveReader, of entry: FileEntry, within: [String],
        into result: inout Result
    ) throws(ArchiveError) {
        let scanner = try startedLevel(within.count + 1).scanner
        var found: [EntryTextInspection.Result] = []
        var isShown = false
        func look(_ padding: Span<UInt8>, _ header: Span<UInt8>, _ missing: Int) {
            isShown = true
            let before = EntryTextInspection.inspect(
                padding: padding, behind: EntryPath(""), scanner: scanner)
            found.append(before)
            if let member {
                found.append(
                    innerTexts.inspect(
                        EntryText(member), header: header, inside: [entry.path.description] + within,
                        scanner: scanner))
            } else {
                found.append(
                    EntryTextInspection.inspect(padding: header, behind: EntryPath(""), scanner: scanner))
            }
            if missing > 0 { found.append(.init(shortfall: Self.longHeaders)) }
        }
        archive.showHeader(look)
        if !isShown { look(Span(), Span(), 0) }
        for part in found {
            for seen in part.seen {
                var sighting = seen.sighting
                let member = seen.path.bytes.isEmpty ? [] : [String(seen.path.told.description.dropFirst())]
                sighting.place.within = within + member + [seen.part] + sighting.place.within
                result.add([sighting])
            }
            if let shortfall = part.shortfall { result.note(.detectorLimit, shortfall) }
        }
    }

    /// What is said of header blocks that are longer than is kept of them.
    static let longHeaders = "more header bytes than are looked at"

    private func inspect(
        _ member: ArchiveEntry, of entry: FileEntry, _ source: any ByteSource, within: [String],
        meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) {
        let file = FileEntry(
            path: entry.path, kind: member.kind == .file ? .file : .special, size: member.size ?? 0,
            mode: member.mode, owner: member.owner, group: member.group)
        try look(file, source, within: within, meter: meter, into: &result)
    }

    /// The same for a file inside another.
    func look(
        _ file: FileEntry, _ source: any ByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws(ArchiveError) {
        do {
            try inspect(file, source, within: within, meter: meter, into: &result)
        } catch let error as ArchiveError {
            throw error
        } catch {
            throw Self.notStarted(error)
        }
    }

    func startedLevel(_ depth: Int) throws(ArchiveError) -> Level {
        do { return try level(depth) } catch { throw Self.notStarted(error) }
    }

    private static func notStarted(_ error: any Error) -> ArchiveError {
        ArchiveError(.unreadable, "detectors could not start", underlying: String(describing: error))
    }

    private func level(_ depth: Int) throws -> Level {
        while levels.count <= depth {
            let scanner = try detectors.makeScanner()
            let isOutermost = levels.isEmpty
            let window = WindowedByteSource(size: Self.windowSize, overlap: ImageScanner.overlap) {
                [unowned self] window, offset in
                scanner.scan(window: window, at: offset)
                guard isOutermost else { return }
                content.take(window, at: offset)
                packages.read(window, at: offset)
            }
            levels.append(Level(scanner: scanner, window: window))
        }
        return levels[depth]
    }

    /// The member's own name; for a single compressed file, which has none, that of the file without its ending.
    private static func name(of member: ArchiveEntry, in holder: String) -> String {
        guard member.path.isEmpty else { return String(EntryPath(member.path).told.description.dropFirst()) }
        let name = holder.split(separator: "/").last ?? ""
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? String(name)
    }

    /// An archive that stores its entries as they are shows the same secret twice; inside is where people look for it.
    static func unlessSeenInside(_ own: [Sighting], _ inner: [Sighting]) -> [Sighting] {
        let inside = Set(inner.compactMap(\.fingerprint))
        guard !inside.isEmpty else { return own }
        return own.filter { sighting in sighting.fingerprint.map { !inside.contains($0) } ?? true }
    }

    static func gap(
        _ error: ArchiveError, _ kind: String, _ meter: ExpansionMeter
    ) -> (reason: GapReason, detail: String) {
        if let reason = meter.exceeded { return (reason, "\(kind): \(error)") }
        let reason: GapReason =
            switch error.code {
            case .encrypted: .encryptedArchive
            case .unsupported: .unsupported
            case .tooLarge: .sizeLimit
            // Nothing is wrong with the archive: it was not looked at.
            case .unreadable: .unreadable
            default: .malformedArchive
            }
        return (reason, "\(kind): \(error)")
    }
}

extension Sighting {
    fileprivate var fingerprint: Fingerprint? {
        if case .finding(let finding) = self { finding.fingerprint } else { nil }
    }
}
