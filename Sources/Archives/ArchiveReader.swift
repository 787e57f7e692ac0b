internal import CLibArchive
internal import Glibc

/// The entries of an archive in order, the content of the current one readable as a stream.
///
/// Every status of libarchive is told apart: an entry, an entry with a warning, the end, or an error.
@safe package final class ArchiveReader: ByteSource {
    /// Which formats may be recognised; the rest is refused.
    package enum Format: Sendable {
        /// A layer: tar, not compressed.
        case tar
        /// Any archive or single compressed file that we open.
        case any
        /// One compressed stream that is no archive.
        case compressedStream
    }

    /// How many bytes of a hole are handed out as zeros, enough to keep its two sides apart.
    private static let holeLimit = 4096

    /// Some builders end a layer without filling its last block up; engines read it, and so must we.
    private static let tarBlock = 512

    private let input: ArchiveInput
    private let handle: ArchiveHandle
    private let format: Format
    /// Whether a compression was taken off before libarchive saw the content.
    private let isUnwrapped: Bool
    private let names: NameLocale
    private var block: UnsafeRawBufferPointer = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    private var pendingZeros = 0
    private var contentEnd: Int64 = 0
    private var hasContent = false
    private var isAtEnd = false
    private var lastSize = 0
    private var failure: ArchiveError?
    /// Zeros handed out for holes of the current entry: they are in no byte of the archive.
    package private(set) var zerosOfHoles = 0
    /// Bytes of content that were read so far, all entries together, without the zeros of holes.
    package private(set) var delivered = 0
    /// What libarchive thought odd about content that it could read all the same.
    package private(set) var contentWarning: String?

    private init(
        input: ArchiveInput, handle: consuming ArchiveHandle, format: Format, isUnwrapped: Bool
    ) {
        self.isUnwrapped = isUnwrapped
        self.input = input
        self.handle = handle
        self.format = format
        names = NameLocale(format == .any ? .utf8 : .bytes)
    }

    /// Recognises the format; nothing but the first bytes of `source` is read yet.
    ///
    /// With `keepingHeaders`, what a tar stream has beside content can be had by ``showHeader(_:)``.
    package static func open(
        _ source: any ByteSource, as format: Format, keepingHeaders: Bool = false
    ) throws(ArchiveError) -> ArchiveReader {
        let alignment = format == .tar ? tarBlock : 1
        let (content, isUnwrapped) = format == .any ? try uncompressed(source) : (source, false)
        let (whole, isTarPossible) = isUnwrapped ? try lookAhead(content) : (content, true)
        let reader = ArchiveReader(
            input: ArchiveInput(whole, alignment: alignment, keepingHeaders: keepingHeaders),
            handle: try ArchiveHandle(), format: format, isUnwrapped: isUnwrapped)
        reader.allow(format, tar: isTarPossible)
        let status = unsafe reader.input.attach(to: reader.handle.pointer)
        guard status == ARCHIVE_OK else { throw reader.error(status, while: "archive cannot be opened") }
        return reader
    }

    /// Takes one compression off, and says whether there was one.
    private static func uncompressed(_ source: any ByteSource) throws(ArchiveError) -> (any ByteSource, Bool)
    {
        let prefix = try source.readPrefix(6)
        let whole: any ByteSource
        if let source = source as? any SeekableByteSource {
            source.seek(to: source.position - prefix.count)
            whole = source
        } else {
            whole = PrefixedByteSource(prefix: prefix, rest: source)
        }
        let compression = Compression.sniff(prefix)
        return (try compression.content(of: whole), compression != .none)
    }

    /// Whether what was uncompressed may be a tar stream.
    ///
    /// One that begins with zeros would be read as a tar stream without entries, and all that follows be overlooked: file
    /// system images are like that.
    private static func lookAhead(_ source: any ByteSource) throws(ArchiveError) -> (any ByteSource, Bool) {
        let prefix = try source.readPrefix(tarBlock)
        return (PrefixedByteSource(prefix: prefix, rest: source), prefix.first != 0)
    }

    /// The next entry, or nil at the end; the content of the one before is skipped.
    package func next() throws(ArchiveError) -> ArchiveEntry? {
        if let failure { throw failure }
        guard !isAtEnd else { return nil }
        forgetContent()
        var entry: OpaquePointer?
        let status = names.scoped {
            unsafe archive_read_next_header(handle.pointer, &entry)
        }
        switch status {
        case ARCHIVE_EOF:
            isAtEnd = true
            try refuseMissingContent()
            return nil
        case ARCHIVE_OK, ARCHIVE_WARN:
            guard let entry = unsafe entry else {
                throw remember(ArchiveError(.malformed, "archive entry is missing"))
            }
            try refuseUncompressedStream()
            hasContent = true
            if !isTar { input.forgetHeaders() }
            let warning = status == ARCHIVE_WARN ? handle.warning : nil
            let result = unsafe ArchiveEntry(
                entry, isNameless: isRaw, warning: warning.flatMap(Self.worthTelling))
            lastSize = result.isSparse ? 0 : result.size ?? 0
            return result
        default:
            throw remember(error(status, while: "archive entry cannot be read"))
        }
    }

    /// Reads the content of the current entry.
    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        if let failure { throw failure }
        guard hasContent, !buffer.isEmpty else { return 0 }
        while unsafe block.isEmpty, pendingZeros == 0 {
            guard try nextBlock() else { return 0 }
        }
        return unsafe buffer.withUnsafeMutableBytes { target in
            unsafe pendingZeros > 0 ? writeZeros(into: target) : copyBlock(into: target)
        }
    }

    /// Shows the bytes of a tar stream that lie before the current entry's content, or at the archive's end, and were no
    /// content: what follows the content before, the header blocks of every kind, and how many bytes were too many.
    ///
    /// Once for each entry, before its content is read; what is not content and not shown is shown at the next.
    package func showHeader(_ body: (_ padding: Span<UInt8>, _ header: Span<UInt8>, _ missing: Int) -> Void) {
        let start = unsafe Int(clamping: archive_read_header_position(handle.pointer))
        input.showUnclaimed(upTo: position, splitAt: start, body)
    }

    /// How many bytes the archive took so far.
    package var position: Int { unsafe Int(clamping: archive_filter_bytes(handle.pointer, 0)) }

    /// Whether more than zeros follows the archive's own end mark; reads the source to its end.
    package func hasBytesAfterEnd() throws(ArchiveError) -> Bool { try input.hasContent(after: position) }

    /// Whether more than padding follows the end mark of a tar stream that was compressed: bytes that nobody has seen.
    ///
    /// Behind the entries of other formats comes what belongs to the format.
    package func hasUnseenBytes() throws(ArchiveError) -> Bool {
        let format = unsafe archive_format(handle.pointer) & ARCHIVE_FORMAT_BASE_MASK
        let filters = unsafe archive_filter_count(handle.pointer)
        guard isUnwrapped, format == ARCHIVE_FORMAT_TAR, filters <= 1 else { return false }
        return try input.hasContent(after: position, limit: 1 << 20)
    }

    /// Lets the next data block in; false at the end of the entry's content.
    private func nextBlock() throws(ArchiveError) -> Bool {
        var start: UnsafeRawPointer?
        var size = 0
        var offset: Int64 = 0
        var status = ARCHIVE_RETRY
        var attempts = 0
        while status == ARCHIVE_RETRY, attempts < 3 {
            status = unsafe archive_read_data_block(handle.pointer, &start, &size, &offset)
            attempts += 1
        }
        switch status {
        case ARCHIVE_EOF:
            hasContent = false
            return false
        case ARCHIVE_OK, ARCHIVE_WARN:
            if status == ARCHIVE_WARN { contentWarning = handle.warning ?? "unnamed warning" }
            guard offset >= contentEnd, size >= 0 else {
                throw remember(ArchiveError(.malformed, "archive entry's blocks overlap"))
            }
            pendingZeros = Int(min(offset - contentEnd, Int64(Self.holeLimit)))
            contentEnd = offset.addingReportingOverflow(Int64(size)).partialValue
            unsafe block = UnsafeRawBufferPointer(start: start, count: unsafe start == nil ? 0 : size)
            // What is handed out is used up with the next block only.
            let taken = position
            input.claim(taken, taken + size)
            return true
        default:
            hasContent = false
            throw remember(error(status, while: "archive entry's content cannot be read"))
        }
    }

    private func copyBlock(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count = unsafe min(target.count, block.count)
        delivered += count
        unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: block[..<count]))
        unsafe block = UnsafeRawBufferPointer(rebasing: block[count...])
        return count
    }

    private func writeZeros(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(target.count, pendingZeros)
        unsafe UnsafeMutableRawBufferPointer(rebasing: target[..<count])
            .initializeMemory(as: UInt8.self, repeating: 0)
        pendingZeros -= count
        zerosOfHoles += count
        return count
    }

    private func forgetContent() {
        unsafe block = UnsafeRawBufferPointer(start: nil, count: 0)
        pendingZeros = 0
        contentEnd = 0
        zerosOfHoles = 0
        contentWarning = nil
        hasContent = false
    }

    private var isTar: Bool {
        unsafe archive_format(handle.pointer) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_TAR
    }

    private var isRaw: Bool { unsafe archive_format(handle.pointer) == ARCHIVE_FORMAT_RAW }

    /// A last block that was not filled up must still have held all of the last entry's content.
    private func refuseMissingContent() throws(ArchiveError) {
        guard input.padding > 0, lastSize > 0 else { return }
        let lastPart = (lastSize - 1) % Self.tarBlock + 1
        guard lastPart > Self.tarBlock - input.padding else { return }
        throw remember(ArchiveError(.truncated, "tar stream ends inside its last entry"))
    }

    /// The raw format takes anything; without a filter below it, it would call every file an archive.
    private func refuseUncompressedStream() throws(ArchiveError) {
        guard isRaw, !isUnwrapped, unsafe archive_filter_count(handle.pointer) <= 1 else { return }
        throw remember(ArchiveError(.unrecognised, "content is no archive and not compressed"))
    }

    /// That a name is not in the locale's character set is no news: it is taken as bytes.
    private static func worthTelling(_ warning: String) -> String? {
        warning.contains("can't be converted from") ? nil : warning
    }

    private func error(_ status: CInt, while action: String) -> ArchiveError {
        input.failure ?? handle.error(status, while: action)
    }

    private func remember(_ error: ArchiveError) -> ArchiveError {
        // A layer is read whole or not at all: no looking for the next header behind a broken one.
        if !error.canContinue || format == .tar { failure = error }
        return error
    }

    /// Never `archive_read_support_filter_all`: some of those filters start other programs.
    private func allow(_ format: Format, tar isTarPossible: Bool) {
        let archive = unsafe handle.pointer
        unsafe archive_read_support_format_empty(archive)
        if format != .compressedStream, isTarPossible { unsafe archive_read_support_format_tar(archive) }
        guard format != .tar else { return }
        unsafe archive_read_support_format_raw(archive)
        unsafe archive_read_support_filter_zstd(archive)
        unsafe archive_read_support_filter_xz(archive)
        unsafe archive_read_support_filter_bzip2(archive)
        guard format == .any else { return }
        unsafe archive_read_support_filter_gzip(archive)
        unsafe archive_read_support_filter_lzma(archive)
        unsafe archive_read_support_filter_compress(archive)
        unsafe archive_read_support_filter_rpm(archive)
        unsafe archive_read_support_format_zip(archive)
        unsafe archive_read_support_format_cpio(archive)
        unsafe archive_read_support_format_ar(archive)
        unsafe archive_read_support_format_7zip(archive)
    }
}
