import Archives
import Detection
import Model

/// What stands compressed in the middle of a file that is no archive.
extension FileInspection {
    /// Catalogues of fonts have some ten thousand; each costs some time, however short it is.
    private static let innerLimit = 200_000
    /// What breaks before so much came out was most likely no stream.
    private static let leastTelling = 100

    /// Opens the streams in a file that `streams` finds.
    func openStreams(
        _ streams: some InnerStreams, in entry: FileEntry, at window: WindowedByteSource, within: [String],
        meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) {
        var streams = streams
        var count = 0
        while meter.exceeded == nil, try streams.next(in: window) {
            guard count < Self.innerLimit else {
                return result.note(.sizeLimit, "more than \(count) compressed parts, each a \(streams.name)")
            }
            count += 1
            try openInner(
                streams.name, .zlib, of: entry, at: window, within: within, meter: meter, into: &result)
        }
    }

    /// Opens a section of a program, at whose beginning `window` stands.
    func openSection(
        _ section: ProgramSection, of entry: FileEntry, at window: WindowedByteSource, within: [String],
        meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) {
        try openInner(
            "compressed section", section, of: entry, at: window, within: within, meter: meter, into: &result)
    }

    /// Looks at what comes out of the stream at whose beginning `window` stands, and goes on behind it.
    ///
    /// Of one that breaks, all was looked at that any program can make of it, so that nothing is left unseen.
    private func openInner(
        _ name: String, _ form: ProgramSection, of entry: FileEntry, at window: WindowedByteSource,
        within: [String], meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) {
        let start = window.position
        let name = "\(name) at byte \(start)"
        guard within.count < limit.depth else {
            window.goBack(to: start + 1)
            return result.note(.depthLimit, "\(name) inside \(within.count) others")
        }
        // What is no zlib stream may take any memory; whoever has none returns the file as it is.
        guard form == .zlib || memory.isOffered() else { return window.goBack(to: start + 1) }
        var content: MeteredByteSource?
        var end: Int?
        do throws(ArchiveError) {
            let zlib = form == .zlib ? ZlibStreams(window) : nil
            try zlib?.begin()
            let source: any ByteSource =
                if let zlib { zlib } else { try Compression.zstd.content(of: window, memory: memory) }
            let metered = MeteredByteSource(source, meter: meter, stored: levels[0].window, limit: nil)
            content = metered
            try inspect(
                part: name, of: entry, metered, size: 0, within: within, meter: meter, into: &result)
            _ = try metered.drain()
            end = zlib.map { start + $0.position }
        } catch  where window.failure == nil {
            // What follows a section is none of it.
            let isWhole = error.code == .trailingGarbage
            if meter.exceeded != nil || !isWhole && (content?.produced ?? 0) >= Self.leastTelling {
                result.note([Self.gap(error, name, meter)])
            }
        }
        window.goBack(to: end ?? start + 1)
    }
}
