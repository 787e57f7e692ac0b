internal import Archives

/// What a file holds once it is uncompressed, as long as that is no more than any honest one holds.
final class UncompressedFile: ByteSource {
    private let file: FileByteSource
    private let content: any ByteSource
    private var produced = 0

    init(_ path: String) throws(ArchiveError) {
        file = try FileByteSource.open(path)
        content = try Compression.unwrap(file).content
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let count = try content.read(into: &buffer)
        produced += count
        try ExpansionRatio.check(produced, of: file.position, "archive")
        return count
    }
}
