internal import Archives

/// The content of one entry after another, and how many bytes of the tar stream each took.
final class EntryContent: ByteSource {
    private let archive: ArchiveReader
    private var entry: ArchiveEntry?
    private var delivered = 0

    init(_ archive: ArchiveReader) { self.archive = archive }

    func begin(_ entry: ArchiveEntry) {
        self.entry = entry
        delivered = 0
    }

    /// How many bytes of the tar stream were the entry's content, whether or not they were read.
    func end() -> Int {
        defer { entry = nil }
        guard let entry else { return 0 }
        // What a sparse entry takes is known only once it was read: its size counts the holes.
        return entry.isSparse ? delivered - archive.zerosOfHoles : max(entry.size ?? 0, delivered)
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        guard entry != nil else { return 0 }
        let count = try archive.read(into: &buffer)
        delivered += count
        return count
    }
}
