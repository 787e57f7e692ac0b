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
            _ = try openInner(
                streams.name, .zlib, leastTelling: Self.leastTelling, of: entry, at: window,
                within: within, meter: meter, into: &result)
        }
    }

    /// Opens what is compressed in a program, at whose beginning `window` stands; says where it ends, if it is whole.
    func openStream(
        _ stream: ProgramStream, of entry: FileEntry, at window: WindowedByteSource, within: [String],
        meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) -> Int? {
        let (name, compression): (String, Compressed) =
            switch stream {
            case .zlibSection: ("compressed section", .zlib)
            case .zstdSection: ("compressed section", .zstd)
            case .zlib, .nextZlib: (Self.zlibName, .zlib)
            case .gzip: ("gzip stream", .gzip)
            }
        let start = window.position
        let end = try openInner(
            name, compression, leastTelling: stream.leastTelling, of: entry, at: window, within: within,
            meter: meter, into: &result)
        // What only looks like a stream may have hidden anything.
        if end == nil, !stream.isSection, window.position > start + 1, meter.exceeded == nil {
            result.note(
                .unreadable, "\(name) at byte \(start): what is in it was not looked through otherwise")
        }
        return end
    }

    private static let zlibName = "zlib stream"

    /// As a zlib stream that nothing gives a name to is called.
    static func title(ofZlibAt place: Int) -> String { "\(zlibName) at byte \(place)" }

    private enum Compressed { case zlib, gzip, zstd }

    /// A stream in the middle of a file, and where in that it ends, as soon as that is known.
    private struct Inner {
        let content: any ByteSource
        let length: () -> Int?

        init(
            _ form: Compressed, in source: any ByteSource, memory: DecoderMemory
        ) throws(ArchiveError) {
            switch form {
            case .zlib:
                let streams = ZlibStreams(source)
                try streams.begin()
                (content, length) = (streams, { streams.position })
            case .gzip:
                let streams = GzipByteSource(source, standsAlone: false)
                (content, length) = (streams, { streams.wholeLength > 0 ? streams.wholeLength : nil })
            case .zstd:
                content = try Compression.zstd.content(of: source, memory: memory)
                length = { nil }
            }
        }
    }

    /// Looks at what comes out of the stream at whose beginning `window` stands, and goes on behind it; says where it
    /// ends, if it is whole and that is known.
    ///
    /// Of one that breaks, all was looked at that any program can make of it, so that nothing is left unseen.
    private func openInner(
        _ name: String, _ form: Compressed, leastTelling: Int, of entry: FileEntry,
        at window: WindowedByteSource, within: [String], meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) -> Int? {
        let start = window.position
        let name = "\(name) at byte \(start)"
        guard within.count < limit.depth else {
            window.goBack(to: start + 1)
            result.note(.depthLimit, "\(name) inside \(within.count) others")
            return nil
        }
        // What is compressed with zstd may take any memory; whoever has none returns the file as it is.
        guard form != .zstd || memory.isOffered() else {
            window.goBack(to: start + 1)
            return nil
        }
        var content: MeteredByteSource?
        var end: Int?
        do throws(ArchiveError) {
            let inner = try Inner(form, in: window, memory: memory)
            let metered = MeteredByteSource(
                inner.content, meter: meter, stored: levels[0].window, limit: nil)
            content = metered
            try inspect(
                part: name, of: entry, metered, size: 0, within: within, meter: meter, into: &result)
            _ = try metered.drain()
            end = inner.length().map { start + $0 }
        } catch  where window.failure == nil {
            // What follows a stream is none of it.
            let isWhole = error.code == .trailingGarbage
            let isTold = meter.exceeded != nil || !isWhole && (content?.produced ?? 0) >= leastTelling
            if isTold { result.note([Self.gap(error, name, meter)]) }
        }
        window.goBack(to: end ?? start + 1)
        return end
    }
}
