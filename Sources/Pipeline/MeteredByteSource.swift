import Archives

/// The content of an archive's entry, metered while it is read.
final class MeteredByteSource: ByteSource {
    private let source: any ByteSource
    private let meter: ExpansionMeter
    private let stored: WindowedByteSource

    /// `stored` is the file in the layer that all of it comes out of.
    init(_ source: any ByteSource, meter: ExpansionMeter, stored: WindowedByteSource) {
        self.source = source
        self.meter = meter
        self.stored = stored
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let count = try source.read(into: &buffer)
        try meter.count(count, from: stored.watched)
        return count
    }
}
