internal import CLibArchive
internal import Glibc

/// The entries of an archive in order, the content of the current one readable as a stream.
///
/// Every status of libarchive is told apart: an entry, an entry with a warning, the end, or an error.
@safe package final class ArchiveReader: ByteSource {
    /// Which formats may be recognised; the rest is refused.
    package enum Format: Hashable, Sendable {
        /// A layer: tar, not compressed.
        case tar
        /// Any archive or single compressed file that we open.
        case any
        /// One stream compressed like this, whatever it holds.
        case compressedStream(Compression)
    }

    /// What an archive may be wrapped in.
    private enum Wrapping {
        case none
        case compression
        /// An RPM package, whose payload may be compressed.
        case package
    }

    /// How many bytes of a hole are handed out as zeros, enough to keep its two sides apart.
    private static let holeLimit = 4096

    /// Some builders end a layer without filling its last block up; engines read it, and so must we.
    private static let tarBlock = 512

    private let input: ArchiveInput
    private let handle: ArchiveHandle
    private let format: Format
    /// What was taken off before libarchive saw the content.
    private let wrapping: Wrapping
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
        input: ArchiveInput, handle: consuming ArchiveHandle, format: Format, wrapping: Wrapping
    ) {
        self.wrapping = wrapping
        self.input = input
        self.handle = handle
        self.format = format
        names = NameLocale(format == .any ? .utf8 : .bytes)
    }

    /// Recognises the format; nothing but the first bytes of `source` is read yet.
    ///
    /// With `keepingHeaders`, what a tar stream has beside content can be had by ``showHeader(_:)``.
    package static func open(
        _ source: any ByteSource, as format: Format, keepingHeaders: Bool = false,
        memory: DecoderMemory = DecoderMemory()
    ) throws(ArchiveError) -> ArchiveReader {
        let (content, wrapping) = format == .any ? try unwrapped(source, memory) : (source, .none)
        let (whole, isTarPossible) = wrapping == .none ? (content, true) : try lookAhead(content)
        let reader = ArchiveReader(
            input: ArchiveInput(whole, keepingHeaders: keepingHeaders),
            handle: try ArchiveHandle(), format: format, wrapping: wrapping)
        if format == .tar { reader.input.align(to: tarBlock) }
        reader.allow(format, tar: isTarPossible)
        let status = unsafe reader.input.attach(to: reader.handle.pointer)
        guard status == ARCHIVE_OK else { throw reader.error(status, while: "archive cannot be opened") }
        return reader
    }

    /// Takes one wrapping off, and says which.
    private static func unwrapped(
        _ source: any ByteSource, _ memory: DecoderMemory
    ) throws(ArchiveError) -> (any ByteSource, Wrapping) {
        var (whole, prefix) = try beginning(source)
        let isPackage = prefix.starts(with: RPMHeader.mark)
        if isPackage {
            try RPMHeader.pass(whole)
            (whole, prefix) = try beginning(whole)
        }
        let compression = Compression.sniff(prefix.span)
        let content = try compression.content(of: whole, memory: memory)
        return (content, isPackage ? .package : compression == .none ? .none : .compression)
    }

    /// The source as it was, and its first bytes.
    private static func beginning(_ source: any ByteSource) throws(ArchiveError) -> (any ByteSource, [UInt8])
    {
        let prefix = try source.readPrefix(6)
        guard let seekable = source as? any SeekableByteSource else {
            return (PrefixedByteSource(prefix: prefix, rest: source), prefix)
        }
        seekable.seek(to: seekable.position - prefix.count)
        return (source, prefix)
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
            if isTar { input.align(to: Self.tarBlock) } else { input.forgetHeaders() }
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

    /// Whether the bytes of the archive are to be seen nowhere but here, because they are compressed where they are stored.
    package var isWrapped: Bool { wrapping != .none }

    /// How much of the current member may be read before its decompressor fills more memory than we give; nil for no limit.
    ///
    /// In a zip libarchive sees to these methods by itself, and takes what memory the member asks for.
    package var memberLimit: Int? {
        guard unsafe archive_format(handle.pointer) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_ZIP,
            let name = unsafe archive_format_name(handle.pointer).map({ unsafe String(cString: $0) })
        else { return nil }
        if name.contains("(ppmd") { return 2 << 20 }
        return ["(lzma", "(xz", "(zstd"].contains { name.contains($0) } ? 16 << 20 : nil
    }

    /// Whether the bytes below the archive could not be had, as against the archive being broken.
    package var isInputBroken: Bool { input.failure != nil }

    /// Whether more than padding follows the end mark of an archive that was compressed: bytes that nobody has seen.
    package func hasUnseenBytes() throws(ArchiveError) -> Bool {
        guard isWrapped, !isRaw else { return false }
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
        let isInside = unsafe Int(clamping: archive_read_header_position(handle.pointer)) > input.length
        guard isInside, lastSize > 0 else { return }
        let lastPart = (lastSize - 1) % Self.tarBlock + 1
        guard lastPart > Self.tarBlock - input.padding else { return }
        throw remember(ArchiveError(.truncated, "tar stream ends inside its last entry"))
    }

    /// The raw format takes anything; without a filter below it, it would call every file an archive.
    private func refuseUncompressedStream() throws(ArchiveError) {
        guard isRaw, !isWrapped, unsafe archive_filter_count(handle.pointer) <= 1 else { return }
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

    /// Compressions are taken off before, one at a time: libarchive would take off any number, and in any amount of memory.
    ///
    /// What is found below a compression is a tar stream, or a file of its own that is opened in its turn: so bytes that
    /// belong to no member are seen as well.
    private func allow(_ format: Format, tar isTarPossible: Bool) {
        let archive = unsafe handle.pointer
        unsafe archive_read_support_format_empty(archive)
        if case .compressedStream(let compression) = format {
            unsafe archive_read_support_format_raw(archive)
            unsafe archive_read_append_filter(archive, Self.filter(compression))
            return
        }
        if isTarPossible { unsafe archive_read_support_format_tar(archive) }
        if wrapping == .compression {
            // Members of Alpine's packages and of logs that were appended to are tar streams one behind the other.
            unsafe archive_read_set_format_option(archive, "tar", "read_concatenated_archives", "1")
        }
        guard format == .any else { return }
        unsafe archive_read_support_format_raw(archive)
        if wrapping == .package { unsafe archive_read_support_format_cpio(archive) }
        guard wrapping == .none else { return }
        unsafe archive_read_support_format_zip(archive)
        unsafe archive_read_support_format_cpio(archive)
        unsafe archive_read_support_format_ar(archive)
        unsafe archive_read_support_format_7zip(archive)
    }

    private static func filter(_ compression: Compression) -> CInt {
        switch compression {
        case .none: ARCHIVE_FILTER_NONE
        case .gzip: ARCHIVE_FILTER_GZIP
        case .zstd: ARCHIVE_FILTER_ZSTD
        case .xz: ARCHIVE_FILTER_XZ
        case .bzip2: ARCHIVE_FILTER_BZIP2
        case .lzma: ARCHIVE_FILTER_LZMA
        }
    }
}
