internal import CLibArchive

/// One libarchive writer that delivers to a sink.
@safe struct WriteHandle: ~Copyable {
    enum Format {
        case tar
        case zip(isCompressed: Bool)
        /// The content of one entry, without any header.
        case raw
    }

    enum Filter {
        case none, gzip, zstd, xz, bzip2
    }

    /// What the C callback reaches: the sink, and what the sink threw.
    private final class Delivery {
        let sink: any ByteSink
        var failure: ArchiveWriteError?

        init(_ sink: any ByteSink) { self.sink = sink }
    }

    private let archive: OpaquePointer
    private let delivery: Delivery
    private var isClosed = false

    private init(archive: OpaquePointer, sink: any ByteSink) {
        unsafe self.archive = archive
        delivery = Delivery(sink)
    }

    deinit {
        // Freeing an open writer closes it, which would send a half archive on as if it were whole.
        if !isClosed { unsafe _ = archive_write_fail(archive) }
        unsafe _ = archive_write_free(archive)
    }

    /// A writer of `format` through `filter`, ready for its first entry.
    static func open(
        format: Format, filter: Filter, sink: any ByteSink
    ) throws(ArchiveWriteError) -> WriteHandle {
        guard let archive = unsafe archive_write_new() else {
            throw ArchiveWriteError(code: .setup, place: "archive writer", reason: "out of memory")
        }
        let handle = unsafe WriteHandle(archive: archive, sink: sink)
        try handle.setUp(format)
        try handle.setUp(filter)
        // Without this the end is padded to a tape record of 10,240 bytes.
        try handle.check(unsafe archive_write_set_bytes_in_last_block(archive, 1), .setup, "archive writer")
        let status = unsafe archive_write_open2(
            archive, Unmanaged.passUnretained(handle.delivery).toOpaque(), nil,
            { _, context, bytes, count in
                guard let context = unsafe context, let bytes = unsafe bytes else { return -1 }
                let delivery = unsafe Unmanaged<Delivery>.fromOpaque(context).takeUnretainedValue()
                let start = unsafe bytes.assumingMemoryBound(to: UInt8.self)
                do throws(ArchiveWriteError) {
                    try unsafe delivery.sink.write(UnsafeBufferPointer(start: start, count: count).span)
                    return count
                } catch {
                    delivery.failure = error
                    return -1
                }
            }, nil, nil)
        try handle.check(status, .setup, "archive writer")
        return handle
    }

    /// Starts an entry.
    func begin(_ header: ArchiveEntryHeader, storesTime: Bool) throws(ArchiveWriteError) {
        let place = String(decoding: header.name, as: UTF8.self)
        guard let entry = unsafe archive_entry_new() else {
            throw ArchiveWriteError(code: .entry, place: place, reason: "out of memory")
        }
        defer { unsafe archive_entry_free(entry) }
        try unsafe EntryFields(entry: entry, place: place).fill(from: header, storesTime: storesTime)
        let status = unsafe archive_write_header(archive, entry)
        // Without a locale libarchive can translate ASCII only; it warns, and stores other names as the bytes they
        // are with `hdrcharset=BINARY`. Asking for that beforehand would give every entry an extended header.
        if status == ARCHIVE_WARN && header.hasBinaryNames { return }
        try check(status, .entry, place)
    }

    /// Adds content to the entry begun last.
    func write(_ bytes: Span<UInt8>, place: String) throws(ArchiveWriteError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
                return unsafe archive_write_data(archive, rest.baseAddress, rest.count)
            }
            if count < 0 { try check(Int32(truncatingIfNeeded: count), .entry, place) }
            guard count > 0 else {
                throw ArchiveWriteError(
                    code: .entry, place: place, reason: "more content than the header announced")
            }
            written += count
        }
    }

    /// Ends the archive and delivers the rest; the sink itself stays open.
    mutating func close() throws(ArchiveWriteError) {
        isClosed = true
        try check(unsafe archive_write_close(archive), .output, "archive writer")
    }

    private func setUp(_ format: Format) throws(ArchiveWriteError) {
        switch format {
        case .tar:
            try check(unsafe archive_write_set_format_pax_restricted(archive), .setup, "tar")
            // The form that Go's archive/tar, and so every container engine, reads.
            try check(
                unsafe archive_write_set_format_option(archive, "pax", "xattrheader", "SCHILY"), .setup, "tar"
            )
        case .zip(let isCompressed):
            try check(unsafe archive_write_set_format_zip(archive), .setup, "zip")
            let status =
                isCompressed
                ? unsafe archive_write_zip_set_compression_deflate(archive)
                : unsafe archive_write_zip_set_compression_store(archive)
            try check(status, .setup, "zip")
        case .raw:
            try check(unsafe archive_write_set_format_raw(archive), .setup, "raw")
        }
    }

    private func setUp(_ filter: Filter) throws(ArchiveWriteError) {
        switch filter {
        case .none:
            try check(unsafe archive_write_add_filter_none(archive), .setup, "no filter")
        case .gzip:
            try check(unsafe archive_write_add_filter_gzip(archive), .setup, "gzip")
            try check(
                unsafe archive_write_set_filter_option(archive, "gzip", "timestamp", nil), .setup, "gzip")
        case .zstd:
            try check(unsafe archive_write_add_filter_zstd(archive), .setup, "zstd")
        case .xz:
            try check(unsafe archive_write_add_filter_xz(archive), .setup, "xz")
        case .bzip2:
            try check(unsafe archive_write_add_filter_bzip2(archive), .setup, "bzip2")
        }
    }

    private func check(
        _ status: Int32, _ code: ArchiveWriteError.Code, _ place: String
    ) throws(ArchiveWriteError) {
        guard status != ARCHIVE_OK else { return }
        if let failure = delivery.failure { throw failure }
        let words = unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
        throw ArchiveWriteError(
            code: code, place: place, reason: "libarchive refused it",
            underlying: "\(words ?? "no reason given") (status \(status))")
    }
}
