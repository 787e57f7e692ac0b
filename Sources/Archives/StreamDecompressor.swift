/// zstd, xz or bzip2 uncompressed by libarchive, concatenated frames and streams included.
final class StreamDecompressor: ByteSource {
    private let reader: ArchiveReader
    private let isEmpty: Bool

    private init(reader: ArchiveReader, isEmpty: Bool) {
        self.reader = reader
        self.isEmpty = isEmpty
    }

    /// Recognises the compression by content; uncompressed content is refused.
    static func open(_ source: any ByteSource) throws(ArchiveError) -> StreamDecompressor {
        let reader = try ArchiveReader.open(source, as: .compressedStream)
        let entry = try reader.next()
        return StreamDecompressor(reader: reader, isEmpty: entry == nil)
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        isEmpty ? 0 : try reader.read(into: &buffer)
    }
}
