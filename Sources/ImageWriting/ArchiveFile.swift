internal import Archives

/// The tar file around an image: entries collected, then written in byte order of their names.
struct ArchiveFile {
    private enum Content {
        case folder
        case bytes([UInt8])
        case file(path: String)
        case link(target: String)
    }

    private let blobs: BlobFolder
    private var entries: [String: Content] = [:]

    init(blobs: BlobFolder) { self.blobs = blobs }

    mutating func add(_ name: String, _ bytes: [UInt8]) { add(name, .bytes(bytes)) }

    mutating func add(_ name: String, contentOf path: String) { add(name, .file(path: path)) }

    mutating func add(_ name: String, blob digest: String) { add(name, .file(path: blobs.file(of: digest))) }

    mutating func add(_ name: String, linkTo target: String) { add(name, .link(target: target)) }

    /// Writes a new file.
    func write(to path: String) throws(ImageWriteError) {
        do throws(ArchiveWriteError) {
            var writer = try ArchiveWriter.open(.tar, to: try FileSink(path: path))
            for (name, content) in entries.sorted(by: {
                Array($0.key.utf8).lexicographicallyPrecedes($1.key.utf8)
            }) {
                try write(name, content, through: &writer)
            }
            try writer.finish()
        } catch {
            throw ImageWriteError(error)
        }
    }

    private func write(
        _ name: String, _ content: Content, through writer: inout ArchiveWriter
    ) throws(ArchiveWriteError) {
        let stored = Array(name.utf8)
        switch content {
        case .folder:
            try writer.add(ArchiveEntryHeader(name: stored, kind: .folder, mode: 0o755))
        case .bytes(let bytes):
            try writer.add(
                ArchiveEntryHeader(name: stored, kind: .file(size: bytes.count), mode: 0o644), content: bytes)
        case .file(let path):
            try writer.add(
                ArchiveEntryHeader(name: stored, kind: .file(size: 0), mode: 0o644), contentOf: path)
        case .link(let target):
            try writer.add(
                ArchiveEntryHeader(name: stored, kind: .symbolicLink(target: Array(target.utf8)), mode: 0o777)
            )
        }
    }

    private mutating func add(_ name: String, _ content: Content) {
        entries[name] = content
        var folder = name
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            entries[folder] = .folder
        }
    }
}
