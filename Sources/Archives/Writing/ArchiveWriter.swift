/// Writes a tar or zip archive to a sink, entry by entry, the same bytes for the same entries.
///
/// Tar is pax where an entry needs it and plain ustar where it does not. Nothing of the host gets in: no user
/// names, no clock, no locale, no time zone.
package struct ArchiveWriter: ~Copyable {
    package enum Format: Sendable {
        case tar
        case zip
        /// A zip whose files are not compressed.
        case storedZip
    }

    private var handle: WriteHandle
    private let storesTime: Bool
    private let sink: any ByteSink
    private var current: (place: String, missing: Int)?

    private init(handle: consuming WriteHandle, storesTime: Bool, sink: any ByteSink) {
        self.handle = handle
        self.storesTime = storesTime
        self.sink = sink
    }

    package static func open(
        _ format: Format, to sink: any ByteSink
    ) throws(ArchiveWriteError) -> ArchiveWriter {
        let (inner, storesTime): (WriteHandle.Format, Bool) =
            switch format {
            case .tar: (.tar, true)
            case .zip: (.zip(isCompressed: true), false)
            case .storedZip: (.zip(isCompressed: false), false)
            }
        let handle = try WriteHandle.open(format: inner, filter: .none, sink: sink)
        return ArchiveWriter(handle: handle, storesTime: storesTime, sink: sink)
    }

    /// Starts an entry; a file's content follows with `write`, as many bytes as its header says.
    package mutating func begin(_ header: ArchiveEntryHeader) throws(ArchiveWriteError) {
        try requireComplete()
        current = nil
        try handle.begin(header, storesTime: storesTime)
        if case .file(let size) = header.kind {
            current = (String(decoding: header.name, as: UTF8.self), size)
        }
    }

    /// Adds content to the file begun last.
    package mutating func write(_ bytes: Span<UInt8>) throws(ArchiveWriteError) {
        guard let current, bytes.count <= current.missing else {
            throw ArchiveWriteError(
                code: .entry, place: current?.place ?? "archive writer",
                reason: "more content than the header announced")
        }
        try handle.write(bytes, place: current.place)
        self.current = (current.place, current.missing - bytes.count)
    }

    /// Adds a whole entry with its content.
    package mutating func add(
        _ header: ArchiveEntryHeader, content: [UInt8] = []
    ) throws(ArchiveWriteError) {
        try begin(header)
        if !content.isEmpty { try write(content.span) }
    }

    /// Writes the end of the archive and finishes the sink.
    package consuming func finish() throws(ArchiveWriteError) {
        try requireComplete()
        try handle.close()
        try sink.finish()
    }

    /// A short file would be filled up with zeros, silently; that is refused instead.
    private func requireComplete() throws(ArchiveWriteError) {
        guard let current, current.missing > 0 else { return }
        throw ArchiveWriteError(
            code: .entry, place: current.place,
            reason: "\(current.missing) bytes fewer than the header announced")
    }
}

extension ArchiveWriter {
    /// A whole archive of entries that fit in memory.
    package static func bytes(
        _ format: Format, _ entries: [(header: ArchiveEntryHeader, content: [UInt8])]
    ) throws(ArchiveWriteError) -> [UInt8] {
        let sink = MemorySink()
        var writer = try ArchiveWriter.open(format, to: sink)
        for entry in entries { try writer.add(entry.header, content: entry.content) }
        try writer.finish()
        return sink.bytes
    }
}
