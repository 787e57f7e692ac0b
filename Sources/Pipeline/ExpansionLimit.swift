import Archives
import Model

/// How far archives inside a file are opened before that counts as an attack rather than as content.
struct ExpansionLimit: Sendable {
    /// Archives within archives.
    var depth = 6
    /// Bytes that come out of one file of a layer, all its archives together.
    var bytes = 4 << 30
    /// Bytes that come out for each that goes in, looked at from ``ratioFrom`` bytes on.
    var ratio = 250
    var ratioFrom = 64 << 20
}

/// What came out of the archives of one file so far, and whether that was too much.
final class ExpansionMeter {
    private let limit: ExpansionLimit
    private var expanded = 0
    /// The limit that was hit; what lay beyond it was not looked at.
    private(set) var exceeded: GapReason?

    init(limit: ExpansionLimit) { self.limit = limit }

    /// Counts bytes that came out, given how many of the file have gone in.
    func count(_ bytes: Int, from stored: Int) throws(ArchiveError) {
        expanded += bytes
        if expanded > limit.bytes { exceeded = .sizeLimit }
        if expanded > limit.ratioFrom, expanded / max(stored, 1) > limit.ratio { exceeded = .ratioLimit }
        if exceeded != nil { throw ArchiveError(.tooLarge, "expands to more than \(expanded >> 20) MiB") }
    }
}

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
