internal import Archives
package import Model

/// The files of a bundle as one tar archive, of which the same files always make the same bytes.
package enum BundleArchive {
    /// How large a bundle may be: it is held in memory.
    package static let largest = 256 << 20
    private static let mostFiles = 10_000
    /// What the plain form of tar has room for.
    private static let latest = 1 << 33 - 1

    /// The archive of `files`, in the order of their names, all of the same time.
    package static func write(_ files: [BundleFile], at time: Instant) throws(BundleError) -> [UInt8] {
        guard files.count <= mostFiles else {
            throw BundleError(.size, "would hold \(files.count) files; at most \(mostFiles) are read")
        }
        let sink = MemorySink()
        try write(files, at: time, to: sink)
        guard sink.bytes.count <= largest else {
            throw BundleError(.size, "would be \(sink.bytes.count) bytes; at most \(largest) are read")
        }
        return sink.bytes
    }

    /// Refuses `bytes` that are not exactly what ``write(_:at:)`` makes of `files`.
    static func requireArchive(
        _ bytes: [UInt8], of files: [BundleFile], at time: Instant
    ) throws(BundleError) {
        let sink = ComparingSink(bytes)
        try write(files, at: time, to: sink)
        switch sink.comparison {
        case .same: return
        case .shorter(let count):
            throw BundleError(.form, "is cut off: of its end \(count) bytes are missing")
        case .longer(let count): throw BundleError(.form, "has \(count) bytes behind its end")
        case .other:
            throw BundleError(.form, "has bytes that belong to no file, or that no bundle has there")
        }
    }

    private static func write(
        _ files: [BundleFile], at time: Instant, to sink: any ByteSink
    ) throws(BundleError) {
        let seconds = min(max(time.seconds, 0), latest)
        do throws(ArchiveWriteError) {
            var writer = try ArchiveWriter.open(.tar, to: sink)
            for file in files.sorted() {
                let header = ArchiveEntryHeader(
                    name: Array(file.name.utf8), kind: .file(size: file.bytes.count), mode: 0o644,
                    modified: seconds)
                try writer.add(header, content: file.bytes)
            }
            try writer.finish()
        } catch {
            throw BundleError(.assembly, "could not be written: \(error)")
        }
    }

    /// The files of the archive, in the order of their names; anything else in it is an error.
    ///
    /// Bytes that are no content are not looked at: only ``requireArchive(_:of:at:)`` tells whether they are right.
    package static func read(_ bytes: [UInt8]) throws(BundleError) -> [BundleFile] {
        guard bytes.count <= largest else {
            throw BundleError(.size, "is \(bytes.count) bytes; at most \(largest) are read")
        }
        var files: [BundleFile] = []
        guard bytes.isEmpty || ArchiveKind.sniff(bytes.span) == .tar else {
            throw BundleError(.form, "is no bundle, or not from its beginning: no tar archive begins so")
        }
        do {
            let reader = try ArchiveReader.open(MemoryByteSource(bytes), as: .tar)
            while let entry = try reader.next() {
                files.append(try file(entry, in: reader, after: files.last))
                guard files.count <= mostFiles else {
                    throw BundleError(.form, "has more than \(mostFiles) files")
                }
            }
        } catch let error as BundleError {
            throw error
        } catch {
            throw BundleError(.form, "is no bundle, or a damaged one: \(error)")
        }
        guard !files.isEmpty else { throw BundleError(.form, "is no bundle: it holds no files") }
        return files
    }

    /// What is said of a whole archive that has nothing which every bundle has.
    static func foreign(_ bytes: [UInt8]) -> BundleError? {
        guard ArchiveKind.sniff(bytes.span) == .tar else { return nil }
        var names: Set<String> = []
        let wanted = [BundleRecord.fileName] + imageNames
        do {
            let reader = try ArchiveReader.open(MemoryByteSource(bytes), as: .tar)
            while let entry = try reader.next() {
                let name = String(decoding: entry.path, as: UTF8.self)
                if wanted.contains(name) { names.insert(name) }
            }
        } catch {
            return nil
        }
        return names.contains(BundleRecord.fileName) ? nil : foreign(named: names)
    }

    /// The same of one that has files of these `names`.
    static func foreign(named names: Set<String>) -> BundleError {
        let what = names.isDisjoint(with: imageNames) ? "" : ", but the archive of an image"
        return BundleError(.foreign, "is no bundle\(what): it has no \(BundleRecord.fileName)")
    }

    /// What the archives of images have.
    private static let imageNames = ["manifest.json", "oci-layout"]

    private static func file(
        _ entry: ArchiveEntry, in reader: ArchiveReader, after last: BundleFile?
    ) throws -> BundleFile {
        guard BundleFile.isName(entry.path) else {
            throw BundleError(.form, "has an entry with a name that no file of a bundle has")
        }
        let name = String(decoding: entry.path, as: UTF8.self)
        guard entry.kind == .file, !entry.isSparse, entry.warning == nil, let size = entry.size else {
            throw BundleError(.form, at: name, "is no plain file")
        }
        if let last, !last.name.utf8.lexicographicallyPrecedes(name.utf8) {
            throw BundleError(.form, at: name, "stands twice, or not in the order of the names")
        }
        let content = try reader.readAll(limit: size)
        guard content.count == size else { throw BundleError(.form, at: name, "is cut off") }
        return BundleFile(name: name, bytes: content)
    }
}
