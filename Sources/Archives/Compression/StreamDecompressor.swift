/// What is compressed in another way than gzip, uncompressed by libarchive, concatenated frames and streams included, in bounded memory.
final class StreamDecompressor: ByteSource {
    /// What comes out of a stream in any case, whatever memory it asks for.
    private static let leastOutput = 1 << 20

    private let reader: ArchiveReader
    private let watch: WindowWatch
    private let memory: DecoderMemory
    private let isEmpty: Bool
    private let compression: Compression
    private var taken: Int
    private var produced = 0

    private init(
        reader: ArchiveReader, watch: WindowWatch, memory: DecoderMemory, isEmpty: Bool,
        _ compression: Compression
    ) {
        self.reader = reader
        self.watch = watch
        self.memory = memory
        self.isEmpty = isEmpty
        self.compression = compression
        taken = memory.take(watch.window)
    }

    deinit { memory.giveBack(taken) }

    /// Uncompresses `source`, which is compressed like this.
    static func open(
        _ source: any ByteSource, _ compression: Compression, memory: DecoderMemory, notes: StreamNotes? = nil
    ) throws(ArchiveError) -> StreamDecompressor {
        let watch =
            switch compression {
            case .xz: WindowWatch(source, parser: XZBlocks())
            case .lzma: WindowWatch(source, parser: LZMAHeader())
            case .bzip2: WindowWatch(source, parser: Bzip2Header())
            case .lzip: WindowWatch(source, parser: LzipHeader())
            case .lz4: WindowWatch(source, parser: LZ4Header())
            case .compress: WindowWatch(source, parser: CompressHeader())
            case .zstd, .gzip, .none: WindowWatch(source, parser: ZstdFrames(), notes: notes)
            }
        let (reader, entry) = try begin(watch, compression)
        // To libarchive a stream whose decompressor fails at once is an empty one.
        guard entry != nil || watch.mayBeEmpty else {
            if let failure = watch.failure { throw failure }
            throw ArchiveError(.malformed, "\(compression.rawValue) stream is broken")
        }
        return StreamDecompressor(
            reader: reader, watch: watch, memory: memory, isEmpty: entry == nil, compression)
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        guard !isEmpty else {
            // libarchive may have given up before its end; of the others their own parsers know that nothing follows.
            switch compression {
            case .bzip2: try refuseBytes(behind: reader.storedPosition)
            case .lzma: try refuseBytes(behind: LZMAHeader.emptyLength)
            case .none, .gzip, .zstd, .xz, .lzip, .lz4, .compress: break
            }
            if let failure = watch.failure { throw failure }
            return 0
        }
        // A later frame may refer further back than the first.
        if watch.window > taken { taken += memory.take(watch.window - taken) }
        // Untouched memory costs nothing, and no more is touched than came out.
        guard watch.window <= taken || produced < max(taken, Self.leastOutput) else {
            throw ArchiveError(
                .tooLarge,
                "uncompressing takes \(watch.window >> 20) MiB of memory, more than is left of the "
                    + "\(DecoderMemory.allowance >> 20) MiB that all of an archive's streams may take")
        }
        let count = try read(on: &buffer)
        produced += count
        if count == 0, !buffer.isEmpty { try refuseBytes(behind: reader.storedPosition) }
        return count
    }

    private func read(on buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        do throws(ArchiveError) {
            return try reader.read(into: &buffer)
        } catch {
            throw watch.failure ?? error
        }
    }

    /// Finds the one entry that there is; where the stream itself is broken, that is told rather than what came of it.
    private static func begin(
        _ watch: WindowWatch, _ compression: Compression
    ) throws(ArchiveError) -> (ArchiveReader, ArchiveEntry?) {
        do throws(ArchiveError) {
            let reader = try ArchiveReader.open(watch, as: .compressedStream(compression))
            return (reader, try reader.next())
        } catch {
            throw watch.failure ?? error
        }
    }

    /// Refuses a stream behind whose end more than zeros stands, which libarchive would pass over: nobody would see it.
    private func refuseBytes(behind end: Int) throws(ArchiveError) {
        var scratch = [UInt8](repeating: 0, count: 64 << 10)
        var count = 1
        while watch.contentEnd <= end, count > 0 {
            var room = scratch.mutableSpan
            count = try watch.read(into: &room)
        }
        if let failure = watch.failure { throw failure }
        guard watch.contentEnd <= end else {
            throw ArchiveError(
                .trailingGarbage, "\(compression.rawValue) stream is followed by bytes that are none")
        }
    }
}
