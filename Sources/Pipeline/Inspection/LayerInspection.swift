import Archives
import Detection
import ImageReading
import Model

/// Reads one layer to its end and shows every byte of it to the detectors.
struct LayerInspection {
    private let layer: LayerDescriptor
    private let detectors: DetectorSet
    private let memory: DecoderMemory
    private let crew: FileCrew
    /// The same for all layers that one installation looks at, so that each can be asked of what another wrote.
    private let hashing: PathHashing
    private var report: LayerReport
    /// The entries of which not all is in the report yet, in their order.
    private var waiting: [EntryReport] = []
    private var waitingWeight = 0
    /// So many may wait, and about so many bytes of them.
    private static let mostWaiting = 1_000
    /// Whether fewer are known yet is not asked: what is entered is taken from the front of a list.
    private static let fewWaiting = 50
    private static let heaviestWaiting = 4 << 20
    /// After so many bytes of files what is free goes back to the system, of which ever more is left in pieces.
    private static let released = 256 << 20
    private var looseObjects: LooseObjects
    /// Bytes of headers that were not looked at.
    private var unseen = 0

    /// What `layer` of `image` holds; whatever goes wrong is in the report, and never an empty one.
    ///
    /// With `inspectors`, that many threads inspect files besides, and others read ahead.
    static func run(
        _ layer: LayerDescriptor, of image: Image, detectors: DetectorSet, inspectors: Int = 0,
        _ progress: @escaping ProgressObserver = { _ in }
    ) -> LayerReport {
        var inspection = LayerInspection(layer: layer, detectors: detectors, inspectors: inspectors)
        do {
            inspection.read(
                try image.reader(
                    for: layer, readsAhead: inspectors > 0, memory: inspection.memory,
                    hashing: inspection.hashing
                ) {
                    progress(.reading(layer: layer.index, bytes: $0))
                })
        } catch {
            inspection.note(error.gapReason, bytes: layer.size, String(describing: error))
        }
        return inspection.report
    }

    private init(layer: LayerDescriptor, detectors: DetectorSet, inspectors: Int) {
        self.layer = layer
        self.detectors = detectors
        memory = DecoderMemory(takesTurns: true)
        crew = FileCrew(
            FileInspection(detectors: detectors, memory: memory), inspectors: inspectors, detectors: detectors
        )
        hashing = PathHashing(key: detectors.key.derived(for: "paths"))
        looseObjects = LooseObjects(detectors: detectors)
        report = LayerReport()
        report.changes = LayerChanges(hashing: hashing)
    }

    private var files: FileInspection { crew.files }

    private mutating func read(_ reader: LayerReader) {
        do {
            let last = try readEntries(of: reader)
            try readRest(behind: last, reader)
            let totals = try reader.finish()
            try inspectNotes(reader.notes, behind: last)
            close(totals)
        } catch {
            let failure = Self.failure(error, of: layer)
            abandon(reader, failure)
        }
        inspectLooseObjects()
        report.settleAliases(detectors) { reader.resolved($0) }
        report.packages = files.takePackages()
        report.wasShortOfMemory = files.wasShortOfMemory
        report.changes = reader.changes
        if report.changes.isIncomplete { note(.detectorLimit, LayerReport.manyPaths) }
    }

    /// Reads all entries and says where the last one was; what came before a failure is in the report as well.
    private mutating func readEntries(of reader: LayerReader) throws -> EntryPath {
        var last = EntryPath("")
        var unreleased = 0
        do {
            while let entry = try reader.next() {
                // Links may claim any size and have no content.
                if entry.kind == .file { unreleased += min(entry.size, Self.released) }
                if unreleased >= Self.released {
                    DetectorSet.releaseFreedMemory()
                    unreleased = 0
                }
                var found = try readHeader(of: entry, behind: last, reader)
                if let alias = FileAlias(entry, resolved: reader.resolved, detectors) { report.add(alias) }
                do {
                    found.content = try crew.inspect(entry, content: reader.content) {
                        try settle(isAwaited: true)
                    }
                } catch let cut as FileInspection.CutFile {
                    found.content = .inspected(cut.seen)
                    waiting.append(found)
                    throw cut.failure
                } catch {
                    waiting.append(found)
                    throw error
                }
                waiting.append(found)
                waitingWeight += found.weight
                let isCrowded = waiting.count > Self.mostWaiting || waitingWeight > Self.heaviestWaiting
                if isCrowded || waiting.count.isMultiple(of: Self.fewWaiting) {
                    try settle(isAwaited: isCrowded)
                }
                last = entry.path
            }
            waiting.append(try readHeader(of: nil, behind: last, reader))
        } catch {
            try settle(isAwaited: true)
            throw error
        }
        try settle(isAwaited: true)
        return last
    }

    /// Enters into the report what entries held, up to the first that is still inspected; all where that is awaited.
    private mutating func settle(isAwaited: Bool) throws {
        var settled = 0
        defer { waiting.removeFirst(settled) }
        for entry in waiting {
            guard let result = try crew.result(of: entry.content, isAwaited: isAwaited) else { return }
            entry.enter(into: &report, result)
            if let object = result.looseObject { looseObjects.add(object, at: entry.path) }
            waitingWeight -= entry.weight
            settled += 1
        }
    }

    /// Looks once more at objects of Git repositories that are files of their own, by the paths that trees give them.
    private mutating func inspectLooseObjects() {
        guard !looseObjects.isEmpty else { return }
        let (contents, short) = looseObjects.named()
        looseObjects = LooseObjects(detectors: detectors)
        for folder in short {
            note(
                .sizeLimit, at: folder,
                "Git objects in files of their own are more than are looked at by the paths that they had")
        }
        for content in contents {
            let file = content.file.told
            var seen = report.sightings.filter { $0.path == file }.map(\.sighting)
            for path in content.paths {
                guard let result = try? files.inspect(content, as: path) else {
                    note(.unreadable, at: file, "detectors could not start")
                    continue
                }
                let new = result.sightings.filter { !$0.isSeen(in: seen) }
                seen += new
                report.add(new, at: file)
                let known = report.gaps.filter { $0.path == file }
                for gap in result.gaps
                where !known.contains(where: { $0.reason == gap.reason && $0.detail == gap.detail }) {
                    note(gap.reason, at: file, gap.detail)
                }
            }
        }
    }

    /// Looks at all that stands between two entries' contents: padding, and what the second one's header says.
    private mutating func readHeader(of entry: FileEntry?, behind last: EntryPath, _ reader: LayerReader)
        throws -> EntryReport
    {
        var found = entry.map { EntryReport($0) } ?? EntryReport(behind: last)
        var missing = 0
        var failure: (any Error)?
        reader.showHeader { padding, header, omitted in
            do {
                found.add(try files.inspectPadding(padding, behind: last))
                if let entry {
                    found.note(TarNames(in: header))
                    found.add(try files.inspectText(of: entry, header: header))
                } else {
                    found.add(try files.inspectPadding(header, behind: last))
                }
            } catch {
                failure = error
            }
            missing = omitted
        }
        if let failure { throw failure }
        guard missing > 0 else { return found }
        unseen += missing
        found.note(missing: missing)
        return found
    }

    /// Looks at what follows the end of the tar stream: usually zeros, and else whatever somebody hid there.
    private mutating func readRest(behind last: EntryPath, _ reader: LayerReader) throws {
        let nameless = FileEntry(
            path: EntryPath(""), kind: .special, size: 0, mode: 0, owner: 0, group: 0)
        do {
            note(try files.inspect(nameless, content: reader.content), behind: last)
        } catch let cut as FileInspection.CutFile {
            note(cut.seen, behind: last)
            throw cut.failure
        }
    }

    private mutating func note(_ result: FileInspection.Result, behind last: EntryPath) {
        report.add(
            result.sightings.map { sighting in
                var sighting = sighting
                sighting.place.within = [Self.rest] + sighting.place.within
                return sighting
            }, at: last.told)
        for gap in result.gaps { note(gap.reason, at: last, gap.detail) }
    }

    /// Looks at what the compressed layer says beside its tar stream.
    private mutating func inspectNotes(_ notes: StreamNotes, behind last: EntryPath) throws {
        let bytes = notes.bytes
        guard !bytes.isEmpty else { return }
        var found = EntryReport(behind: last)
        found.add(try files.inspectNotes(bytes.span, behind: last))
        found.enter(into: &report, FileInspection.Result())
        guard notes.missing > 0 else { return }
        note(.sizeLimit, at: last, "\(notes.missing) bytes more beside the tar stream than are looked at")
    }

    private static let rest = "behind the end of the tar stream"

    private static func failure(_ error: any Error, of layer: LayerDescriptor) -> ImageError {
        switch error {
        case let error as ImageError: error
        case let error as ArchiveError: ImageError(error, at: layer.digest.text)
        default:
            ImageError(
                .unreadable, at: layer.digest.text, "detectors could not start",
                underlying: String(describing: error))
        }
    }

    /// Takes down the totals of a layer that was read and proven to its last byte.
    private mutating func close(_ totals: LayerTotals) {
        report.isProven = totals.refusals.isEmpty && totals.bytesAfterEnd == 0
        account(totals, unread: nil)
        if totals.bytesAfterEnd > 0 {
            note(
                .malformedLayer, bytes: max(0, totals.bytesAfterEnd - totals.shownAfterEnd),
                "\(totals.bytesAfterEnd) bytes follow the end of the tar stream, where no program looks")
        }
    }

    /// Takes down what can be said of a layer that failed: what was seen counts, the rest is skipped.
    private mutating func abandon(_ reader: LayerReader, _ failure: ImageError) {
        let rest = account(reader.abandon(), unread: failure.gapReason)
        note(failure.gapReason, bytes: rest, String(describing: failure))
    }

    /// Every byte of the layer: shown to the detectors, or skipped and why.
    ///
    /// Nothing here is the difference of the others, so that what anybody overlooks shows.
    @discardableResult private mutating func account(_ totals: LayerTotals, unread: GapReason?) -> Int {
        report.entries = totals.entries
        report.uncompressedSize = totals.uncompressedSize
        report.bytesScanned = min(totals.accounted, totals.uncompressedSize)
        for warning in totals.warnings { note(.malformedLayer, at: warning.path, warning.text) }
        for refusal in totals.refusals { note(.malformedLayer, at: refusal.behind, refusal.text) }
        skip(.malformedLayer, max(0, totals.bytesAfterEnd - totals.shownAfterEnd))
        skip(.sizeLimit, unseen)
        let known = report.bytesScanned + report.skipped.reduce(0) { $0 + $1.bytes }
        let rest = totals.uncompressedSize - known
        guard rest > 0 else { return 0 }
        skip(unread ?? .unreadable, rest)
        if unread == nil {
            note(.unreadable, bytes: rest, "bytes that were passed over without being looked at")
        }
        return rest
    }

    private mutating func skip(_ reason: GapReason, _ bytes: Int) {
        if bytes > 0 { report.skipped.append(.init(reason: reason, bytes: bytes, entries: 0)) }
    }

    private mutating func note(
        _ reason: GapReason, at path: EntryPath? = nil, bytes: Int = 0, _ detail: String
    ) {
        report.add(Gap(layer: nil, path: path?.told, reason: reason, bytes: bytes, detail: detail))
    }
}
