/// What is compressed in another way than gzip, uncompressed by libarchive, concatenated frames and streams included, in bounded memory.
final class StreamDecompressor: ByteSource {
    /// What comes out of a stream in any case, whatever memory it asks for.
    private static let leastOutput = 1 << 20

    private let reader: ArchiveReader
    private let watch: WindowWatch
    private let memory: DecoderMemory
    private let isEmpty: Bool
    private var taken: Int
    private var produced = 0

    private init(reader: ArchiveReader, watch: WindowWatch, memory: DecoderMemory, isEmpty: Bool) {
        self.reader = reader
        self.watch = watch
        self.memory = memory
        self.isEmpty = isEmpty
        taken = memory.take(watch.window)
    }

    deinit { memory.giveBack(taken) }

    /// Uncompresses `source`, which is compressed like this.
    static func open(_ source: any ByteSource, _ compression: Compression, memory: DecoderMemory)
        throws(ArchiveError) -> StreamDecompressor
    {
        let watch =
            switch compression {
            case .xz: WindowWatch(source, parser: XZBlocks())
            case .lzma: WindowWatch(source, parser: LZMAHeader())
            case .bzip2: WindowWatch(source, parser: Bzip2Header())
            case .lzip: WindowWatch(source, parser: LzipHeader())
            case .lz4: WindowWatch(source, parser: LZ4Header())
            case .compress: WindowWatch(source, parser: CompressHeader())
            case .zstd, .gzip, .none: WindowWatch(source, parser: ZstdFrames())
            }
        let reader = try ArchiveReader.open(watch, as: .compressedStream(compression))
        let entry = try reader.next()
        // To libarchive a stream whose decompressor fails at once is an empty one.
        guard entry != nil || watch.mayBeEmpty else {
            throw ArchiveError(.malformed, "\(compression.rawValue) stream is broken")
        }
        return StreamDecompressor(reader: reader, watch: watch, memory: memory, isEmpty: entry == nil)
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        guard !isEmpty else { return 0 }
        // A later frame may refer further back than the first.
        if watch.window > taken { taken += memory.take(watch.window - taken) }
        // Untouched memory costs nothing, and no more is touched than came out.
        guard watch.window <= taken || produced < max(taken, Self.leastOutput) else {
            throw ArchiveError(
                .tooLarge,
                "uncompressing takes \(watch.window >> 20) MiB of memory, more than is left of the "
                    + "\(DecoderMemory.allowance >> 20) MiB that all of an archive's streams may take")
        }
        let count = try reader.read(into: &buffer)
        produced += count
        return count
    }
}
