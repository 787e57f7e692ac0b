/// A sink that compresses what it is given and passes it on.
///
/// Gzip streams carry neither time nor name, so equal input gives equal bytes with the same library.
package final class Compressor: ByteSink {
    package enum Method: String, Sendable, CaseIterable {
        case gzip, zstd, xz, bzip2
    }

    private var handle: WriteHandle
    private let sink: any ByteSink
    private let place: String

    package init(_ method: Method, to sink: any ByteSink) throws(ArchiveWriteError) {
        let filter: WriteHandle.Filter =
            switch method {
            case .gzip: .gzip
            case .zstd: .zstd
            case .xz: .xz
            case .bzip2: .bzip2
            }
        place = method.rawValue
        self.sink = sink
        handle = try WriteHandle.open(format: .raw, filter: filter, sink: sink)
        try handle.begin(
            ArchiveEntryHeader(name: Array("data".utf8), kind: .file(size: 0), mode: 0o644), storesTime: false
        )
    }

    package func write(_ bytes: Span<UInt8>) throws(ArchiveWriteError) {
        try handle.write(bytes, place: place)
    }

    package func finish() throws(ArchiveWriteError) {
        try handle.close()
        try sink.finish()
    }

    /// All of `bytes`, compressed.
    package static func compress(
        _ bytes: [UInt8], _ method: Method
    ) throws(ArchiveWriteError) -> [UInt8] {
        let sink = MemorySink()
        let compressor = try Compressor(method, to: sink)
        try compressor.write(bytes.span)
        try compressor.finish()
        return sink.bytes
    }
}
