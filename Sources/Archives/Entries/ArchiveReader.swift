internal import CLibArchive
internal import Glibc

/// The entries of an archive in order, the content of the current one readable as a stream.
///
/// Every status of libarchive is told apart: an entry, an entry with a warning, the end, or an error.
@safe package final class ArchiveReader: ByteSource {
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

    /// How often libarchive begins anew in one stream; a layer made of nothing but such headers ends there.
    private static let restartLimit = 1_000

    let input: ArchiveInput
    private var handle: ArchiveHandle
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
    /// Where in the stream `handle` began: at 0, or at a header that the one before gave up on.
    private var origin = 0
    private var restarts = 0
    /// What was wrong with the very first header, to be told when it is asked for.
    private var refusal: ArchiveError?
    /// Where in the stream what was read of the last entry ends.
    package private(set) var reached = 0
    /// Whether the header before could not be read, so that blocks which are none may follow.
    private var isPassingOver = false
    /// Zeros handed out for holes of the current entry: they are in no byte of the archive.
    package private(set) var zerosOfHoles = 0
    /// Bytes of content that were read so far, all entries together, without the zeros of holes.
    package private(set) var delivered = 0
    /// Bytes that were read from behind the end of a tar stream.
    package private(set) var deliveredBehindEnd = 0
    private var isMoreThanZeros = false
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
        guard status == ARCHIVE_OK else {
            let error = reader.refused(status, while: "archive cannot be opened")
            guard error.canContinue else { throw error }
            reader.refusal = error
            return reader
        }
        return reader
    }

    /// Takes one wrapping off, and says which.
    private static func unwrapped(
        _ source: any ByteSource, _ memory: DecoderMemory
    ) throws(ArchiveError) -> (any ByteSource, Wrapping) {
        var (whole, prefix) = try source.beginning()
        let isPackage = prefix.starts(with: RPMHeader.mark)
        if isPackage {
            try RPMHeader.pass(whole)
            (whole, prefix) = try whole.beginning()
        }
        guard !prefix.starts(with: "Rar!".utf8), !prefix.starts(with: "hsqs".utf8) else {
            throw ArchiveError(.unsupported, "archives of this kind are not opened")
        }
        let compression = Compression.sniff(prefix.span)
        let content = try compression.content(of: whole, memory: memory)
        return (content, isPackage ? .package : compression == .none ? .none : .compression)
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
        if let refusal = refusal.take() { throw refusal }
        guard !isAtEnd else { return nil }
        forgetContent()
        var entry: OpaquePointer?
        var status = unsafe nextHeader(&entry)
        // One error for all the blocks that are no header.
        while status == ARCHIVE_RETRY, isPassingOver { status = unsafe nextHeader(&entry) }
        isPassingOver = false
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
            reached = position
            if isTar { input.align(to: Self.tarBlock) } else { input.forgetHeaders() }
            let warning = status == ARCHIVE_WARN ? handle.warning ?? "unnamed warning" : nil
            // More headers in a row than libarchive follows: this is no entry, only where it gave up.
            let isNamed = unsafe archive_entry_pathname(entry) != nil
            guard isNamed || warning == nil || !isTar else {
                // It would not count anew from here on.
                reached = position - Self.tarBlock
                throw refused(ARCHIVE_FATAL)
            }
            var result = unsafe ArchiveEntry(
                entry, isNameless: isRaw, warning: warning.flatMap(Self.worthTelling))
            if isTar { unsafe complete(&result, from: entry) }
            lastSize = result.isSparse ? 0 : result.size ?? 0
            return result
        default:
            throw refused(status)
        }
    }

    private func nextHeader(_ entry: inout OpaquePointer?) -> CInt {
        names.scoped { unsafe archive_read_next_header(handle.pointer, &entry) }
    }

    /// What is thrown for an entry that cannot be read.
    ///
    /// In a tar stream whose headers are kept, the entry behind it can be asked for all the same: where libarchive will
    /// not go on, it is made to begin anew.
    private func refused(
        _ status: CInt, while action: String = "archive entry cannot be read"
    ) -> ArchiveError {
        let refusal = error(status, while: action)
        guard format == .tar else { return remember(refusal) }
        let isOver = input.failure != nil || refusal.code == .truncated
        guard !isOver, status != ARCHIVE_FATAL || restart() else {
            return remember(ArchiveError(refusal.code, refusal.reason, underlying: refusal.underlying))
        }
        isPassingOver = true
        return ArchiveError(
            refusal.code, refusal.reason, underlying: refusal.underlying, canContinue: true)
    }

    /// Lets libarchive begin anew at the header that it gave up on, with an empty entry's header in its place.
    private func restart() -> Bool {
        // libarchive does not say any more where that was.
        let start = (reached + Self.tarBlock - 1) / Self.tarBlock * Self.tarBlock
        guard restarts < Self.restartLimit, let fresh = try? ArchiveHandle(),
            input.goBack(to: start, standIn: StandInHeader.bytes)
        else { return false }
        restarts += 1
        handle = fresh
        origin = start
        reached = start + Self.tarBlock
        allow(format, tar: true)
        var entry: OpaquePointer?
        return unsafe input.attach(to: handle.pointer) == ARCHIVE_OK && nextHeader(&entry) == ARCHIVE_OK
    }

    /// Reads the content of the current entry; behind the last, whatever follows the end of a tar stream.
    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        if let failure { throw failure }
        if isAtEnd, format == .tar { return try readBehindEnd(into: &buffer) }
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
        input.showUnclaimed(upTo: position, splitAt: headerPosition, body)
    }

    /// How many bytes the archive took so far.
    package var position: Int { unsafe origin + Int(clamping: archive_filter_bytes(handle.pointer, 0)) }

    /// How many bytes of the source that took, which are others where the archive is one compressed stream.
    var storedPosition: Int { unsafe Int(clamping: archive_filter_bytes(handle.pointer, -1)) }

    /// Where the header of the current entry begins, or behind the last what is none.
    package var headerPosition: Int {
        unsafe origin + Int(clamping: archive_read_header_position(handle.pointer))
    }

    /// Whether more than zeros follows the archive's own end mark; reads the source to its end.
    package func hasBytesAfterEnd() throws(ArchiveError) -> Bool {
        let isMore = try input.hasContent(after: position + deliveredBehindEnd)
        return isMore || isMoreThanZeros
    }

    /// Whether the bytes of the archive are to be seen nowhere but here, because they are compressed where they are stored.
    package var isWrapped: Bool { wrapping != .none }

    /// What libarchive calls the form of a zip's current member, its method among it; nil in other archives.
    var zipForm: String? {
        guard unsafe archive_format(handle.pointer) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_ZIP else {
            return nil
        }
        return unsafe archive_format_name(handle.pointer).map { unsafe String(cString: $0) }
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
                hasContent = false
                throw ArchiveError(.malformed, "archive entry's blocks overlap", canContinue: true)
            }
            pendingZeros = Int(min(offset - contentEnd, Int64(Self.holeLimit)))
            contentEnd = offset.addingReportingOverflow(Int64(size)).partialValue
            unsafe block = UnsafeRawBufferPointer(start: start, count: unsafe start == nil ? 0 : size)
            // What is handed out is used up with the next block only.
            let taken = position
            reached = taken + size
            input.claim(taken, reached)
            return true
        default:
            hasContent = false
            throw remember(error(status, while: "archive entry's content cannot be read"))
        }
    }

    /// Passes over the content of the current entry as if it were read.
    package func skipContent() throws(ArchiveError) {
        while hasContent, try nextBlock() {}
        unsafe block = UnsafeRawBufferPointer(start: nil, count: 0)
    }

    private func readBehindEnd(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let count = try input.read(after: position + deliveredBehindEnd, into: &buffer)
        deliveredBehindEnd += count
        if count > 0, !ByteSearch.isZero(buffer.span.extracting(..<count)) { isMoreThanZeros = true }
        return count
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
        let isInside = headerPosition > input.length
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
        if !error.canContinue { failure = error }
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
            if compression == .compress {
                // Appended, it would read before there is anything to read from.
                unsafe archive_read_support_filter_compress(archive)
            } else {
                unsafe archive_read_append_filter(archive, compression.filter)
            }
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
}
