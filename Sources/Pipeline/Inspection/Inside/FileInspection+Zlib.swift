import Archives
import Detection
import Model

extension FileInspection {
    /// More streams that follow each other are not opened: each costs some time, however short it is.
    private static let streamLimit = 1_000

    /// Opens a file that is a zlib stream, as Git keeps each object by itself, or several, and what follows them.
    ///
    /// Many files begin like one by chance: one that is none is left at that.
    func openStream(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws {
        guard within.count < limit.depth else {
            return result.note(.depthLimit, "zlib stream inside \(within.count) others")
        }
        let streams = ZlibStreams(window)
        let content = MeteredByteSource(streams, meter: meter, stored: levels[0].window, limit: nil)
        var isOpen = false
        var count = 0
        var end = 0
        do throws(ArchiveError) {
            try streams.begin()
            repeat {
                guard count < Self.streamLimit else {
                    return result.note(.sizeLimit, "more than \(count) zlib streams one behind the other")
                }
                try inspectStream(
                    content, at: end, isOpen: &isOpen, of: entry, within: within, meter: meter, into: &result)
                _ = try content.drain()
                end = streams.position
                count += 1
            } while try streams.beginNext()
        } catch  where window.failure == nil {
            guard isOpen || meter.exceeded != nil else { return }
            return note(error, "zlib stream", in: window, meter, into: &result)
        } catch { return }
        try openBehind(
            "zlib stream", endingAt: end, search: end, blocks: nil, entry, at: window, within: within,
            meter: meter, into: &result)
    }

    /// Looks at what comes out of the stream that begins at `place`.
    private func inspectStream(
        _ content: MeteredByteSource, at place: Int, isOpen: inout Bool, of entry: FileEntry,
        within: [String], meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) {
        let (beginning, failure) = content.readBeginning(4096)
        let header = LooseObjectHeader(beginning)
        // What is no stream breaks it soon; what was cut off, or changed, does not.
        isOpen =
            isOpen || failure.map { $0.code != .malformed && !beginning.isEmpty } ?? true || header != nil
            || LooseObjectHeader.isPlace(within.last ?? entry.path.description)
        if isOpen, !beginning.isEmpty {
            let rest = PrefixedByteSource(
                prefix: Array(beginning[(header?.length ?? 0)...]),
                rest: failure == nil ? content : MemoryByteSource([]))
            let content = header.map { keep($0, of: entry, rest, within, into: &result) } ?? rest
            let name = header?.title ?? (place == 0 ? "zlib stream" : "zlib stream at byte \(place)")
            try inspect(
                part: name, of: entry, content, size: header?.size ?? 0, within: within, meter: meter,
                into: &result)
        }
        if let failure { throw failure }
    }

    /// Keeps a tree, or content that one may name, where the file is an object by itself; returns what there is to read.
    private func keep(
        _ header: LooseObjectHeader, of entry: FileEntry, _ content: any ByteSource, _ within: [String],
        into result: inout Result
    ) -> any ByteSource {
        guard within.isEmpty, header.kind == .blob || header.kind == .tree, result.looseObject == nil,
            LooseObjectHeader.isPlace(entry.path.description)
        else { return content }
        let (bytes, failure) = content.readBeginning(min(header.size, LooseObjects.largest) + 1)
        let isWhole = failure == nil && bytes.count == header.size
        result.looseObject = isWhole ? .object(.init(kind: header.kind, content: bytes)) : .large(header.kind)
        return PrefixedByteSource(prefix: bytes, rest: failure.map(BrokenByteSource.init) ?? content)
    }

    /// Looks once more at content in a file of its own, as at what lies at `path` in its repository.
    func inspect(_ content: LooseObjects.Content, as path: EntryPath) throws -> Result {
        var result = Result()
        let entry = FileEntry(
            path: content.file, kind: .file, size: content.bytes.count, mode: 0, owner: 0, group: 0)
        let name = String(path.told.description.dropFirst())
        try inspect(
            part: LooseObjectHeader.title(ofContentAt: name), of: entry, MemoryByteSource(content.bytes),
            size: content.bytes.count, within: [], meter: ExpansionMeter(limit: limit), into: &result)
        return result
    }
}
