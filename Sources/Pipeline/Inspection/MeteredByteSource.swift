import Archives

/// The content of an archive's entry, metered while it is read.
final class MeteredByteSource: ByteSource {
    private let source: any ByteSource
    private let meter: ExpansionMeter
    private let stored: WindowedByteSource
    /// How much there may be of this member; nil for no limit of its own.
    private let limit: Int?
    private(set) var produced = 0

    /// `stored` is the file in the layer that all of it comes out of.
    init(_ source: any ByteSource, meter: ExpansionMeter, stored: WindowedByteSource, limit: Int?) {
        self.source = source
        self.meter = meter
        self.stored = stored
        self.limit = limit
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let count = try source.read(into: &buffer)
        try meter.count(count, from: stored.watched)
        produced += count
        if let limit, produced > limit {
            throw ArchiveError(
                .tooLarge,
                "a member of this compression is read up to \(limit >> 20) MiB, because of the memory it takes",
                canContinue: true)
        }
        return count
    }
}
