package import Archives
package import Model

/// Reads one layer: blob → digest → uncompressed → diffID → entries, in a single pass and with bounded memory.
///
/// ``next()`` gives the entries in the order of the tar stream, whiteouts among them, and ``content`` the bytes of the
/// entry it gave last. Nothing is proven until ``finish()`` has read to the end and compared size, digest and diffID.
package final class LayerReader {
    package let layer: LayerDescriptor
    /// The content of the current entry, or behind the last what follows the tar stream: what is not read is skipped.
    package let content: any ByteSource
    private let archive: ArchiveReader
    /// What the archive is read from.
    private let stream: any ByteSource
    /// Of the blob as stored.
    private let stored: RunningDigest
    /// Of the tar stream: the same where that is how it is stored, so that it is not hashed twice.
    private let tar: RunningDigest
    /// What stands beside the tar stream in the compressed one; whole once all of it was read.
    package let notes: StreamNotes
    private var totals = LayerTotals()
    private var written: LayerChanges
    private var current: EntryPath?
    /// The last entry, once there are no more.
    private var behind: EntryPath?
    private var entry: ArchiveEntry?
    /// What engines make of the same stream.
    private var engines = EngineView()

    private static let warningLimit = 50

    private init(
        _ layer: LayerDescriptor, _ compression: Compression, stream: any ByteSource, stored: RunningDigest,
        tar: RunningDigest, _ notes: StreamNotes, hashing: PathHashing
    ) throws(ArchiveError) {
        self.notes = notes
        self.layer = layer
        written = LayerChanges(hashing: hashing)
        self.stream = stream
        self.stored = stored
        self.tar = tar
        archive = try ArchiveReader.open(stream, as: .tar, keepingHeaders: true)
        totals.compression = compression
        content = archive
    }

    /// Opens `layer`, whose bytes as stored `source` gives.
    package static func open(
        _ layer: LayerDescriptor, from source: any ByteSource, memory: DecoderMemory = DecoderMemory(),
        hashing: PathHashing = .ofThisProcess
    ) throws(ImageError) -> LayerReader {
        do throws(ArchiveError) {
            let (blob, compression, stored) = try begin(source)
            let (content, tar, notes) = try uncompressed(blob, compression, stored, memory)
            return try LayerReader(
                layer, compression, stream: content, stored: stored, tar: tar, notes, hashing: hashing)
        } catch {
            throw ImageError(error, at: layer.digest.text)
        }
    }

    /// The same, but one thread reads and hashes what is stored, and another what that uncompresses to, while the caller
    /// looks at what is there: for a layer that would otherwise leave a core idle.
    package static func openAhead(
        _ layer: LayerDescriptor, from source: sending any ByteSource,
        memory: DecoderMemory = DecoderMemory(), hashing: PathHashing = .ofThisProcess
    ) throws(ImageError) -> LayerReader {
        do throws(ArchiveError) {
            let (blob, compression, stored) = try begin(source)
            if compression == .none {
                return try LayerReader(
                    layer, compression, stream: ReadAheadByteSource(blob), stored: stored, tar: stored,
                    StreamNotes(), hashing: hashing)
            }
            let (content, tar, notes) = try uncompressed(
                ReadAheadByteSource(blob), compression, stored, memory)
            return try LayerReader(
                layer, compression, stream: ReadAheadByteSource(content), stored: stored, tar: tar, notes,
                hashing: hashing)
        } catch {
            throw ImageError(error, at: layer.digest.text)
        }
    }

    /// Whether `layer`, whose bytes as stored `source` gives, is to its last byte what size, digest and diffID say.
    static func proves(_ layer: LayerDescriptor, from source: any ByteSource, memory: DecoderMemory) -> Bool {
        do throws(ArchiveError) {
            let (blob, compression, stored) = try begin(source)
            let (content, tar, _) = try uncompressed(blob, compression, stored, memory)
            _ = try content.drain()
            let diffID = Digest(sha256: tar.finish())
            let digest = stored === tar ? diffID : Digest(sha256: stored.finish())
            return stored.count == layer.size && digest == layer.digest && diffID == layer.diffID
        } catch {
            return false
        }
    }

    /// The digest of what the bytes that `source` gives hold uncompressed; nil where they cannot be.
    static func diffID(of source: any ByteSource) -> Digest? {
        guard let (blob, compression, stored) = try? begin(source),
            let (content, tar, _) = try? uncompressed(blob, compression, stored, DecoderMemory()),
            (try? content.drain()) != nil
        else { return nil }
        return Digest(sha256: tar.finish())
    }

    /// The blob, hashed as it is read, and what it is compressed with.
    private static func begin(_ source: any ByteSource) throws(ArchiveError)
        -> (blob: DigestingSource, compression: Compression, stored: RunningDigest)
    {
        let prefix = try source.readPrefix(8)
        let stored = RunningDigest()
        let blob = DigestingSource(PrefixedByteSource(prefix: prefix, rest: source), into: stored)
        return (blob, Compression.sniff(prefix.span), stored)
    }

    /// The tar stream in `blob`, hashed as it is read: by one and the same where that is what is stored.
    private static func uncompressed(
        _ blob: any ByteSource, _ compression: Compression, _ stored: RunningDigest, _ memory: DecoderMemory
    ) throws(ArchiveError) -> (content: UncompressedBlob, tar: RunningDigest, notes: StreamNotes) {
        let own = compression == .none ? nil : RunningDigest()
        let notes = StreamNotes()
        let content = try UncompressedBlob(blob, as: compression, into: own, memory: memory, notes: notes)
        return (content, own ?? stored, notes)
    }

    /// What the layer writes and removes, as far as it has been read.
    package var changes: LayerChanges {
        written.seal()
        return written
    }

    /// Where `path` leads by the links that the layer had so far; nil where that is nowhere.
    ///
    /// To be asked before ``changes``, which forgets the links.
    package func resolved(_ path: EntryPath) -> EntryPath? { written.resolved(path) }

    /// The next entry, or nil at the end of the tar stream.
    package func next() throws(ImageError) -> FileEntry? {
        if let warning = archive.contentWarning { note(warning) }
        entry = try nextReadable()
        guard let entry else {
            behind = current ?? behind
            current = nil
            return nil
        }
        // Engines write it where the links before it lead.
        let place = written.place(of: EntryPath(entry.path))
        let file = FileEntry(entry, at: place, linkedTo: written.symbolicTarget(behind: entry))
        current = file.path
        totals.entries += 1
        written.record(file)
        if let warning = entry.warning { note(warning) }
        return file
    }

    /// The next entry behind those whose headers cannot be read, which are noted.
    private func nextReadable() throws(ImageError) -> ArchiveEntry? {
        while true {
            do throws(ArchiveError) {
                return try archive.next()
            } catch {
                guard error.canContinue else { throw failure(error) }
                engines.lose()
                guard totals.refusals.count < Self.warningLimit else { continue }
                totals.refusals.append(LayerTotals.Refusal(behind: current, text: String(describing: error)))
            }
        }
    }

    /// Shows the bytes between the content of the entry before and that of the current one, or of the stream's end.
    ///
    /// To be called once for each entry before its content is read, and once more when there are no more.
    package func showHeader(_ body: (_ padding: Span<UInt8>, _ header: Span<UInt8>, _ missing: Int) -> Void) {
        let place = archive.headerPosition
        var objection = entry == nil ? engines.objection(toEndAt: place) : nil
        archive.showHeader { padding, header, missing in
            totals.headerBytes += padding.count + header.count
            if let entry {
                objection = engines.objection(to: entry, header, missing: missing, at: place)
            }
            body(padding, header, missing)
        }
        if let objection { note(objection) }
    }

    /// Reads to the very end, and compares size, digest and diffID.
    package func finish() throws(ImageError) -> LayerTotals {
        while try next() != nil {}
        do throws(ArchiveError) {
            let end = archive.position
            let isMoreThanZeros = try archive.hasBytesAfterEnd()
            _ = try stream.drain()
            let rest = max(0, tar.count - end)
            if isMoreThanZeros { totals.bytesAfterEnd = rest } else { totals.zerosAfterEnd = rest }
        } catch {
            throw failure(error)
        }
        count()
        guard totals.blobSize == layer.size else {
            throw ImageError(
                .sizeMismatch, at: layer.digest.text,
                "layer blob has \(totals.blobSize) bytes, not \(layer.size)")
        }
        let diffID = Digest(sha256: tar.finish())
        let digest = stored === tar ? diffID : Digest(sha256: stored.finish())
        guard digest == layer.digest else {
            throw ImageError(
                .digestMismatch, at: layer.digest.text, "layer blob does not match its digest",
                underlying: "it has \(digest)")
        }
        guard diffID == layer.diffID else {
            throw ImageError(
                .diffIDMismatch, at: layer.digest.text,
                "uncompressed layer does not match the configuration's \(layer.diffID)",
                underlying: "it has \(diffID)")
        }
        return totals
    }

    /// Counts what there is of a layer that failed, as far as it still uncompresses; proves nothing.
    package func abandon() -> LayerTotals {
        _ = try? stream.drain()
        count()
        return totals
    }

    private func count() {
        totals.contentBytes = archive.delivered
        totals.shownAfterEnd = archive.deliveredBehindEnd
        totals.uncompressedSize = tar.count
        totals.blobSize = stored.count
    }

    private func note(_ warning: String) {
        guard totals.warnings.count < Self.warningLimit, let path = current ?? behind else { return }
        totals.warnings.append(LayerTotals.Warning(path: path, text: warning))
    }

    private func failure(_ error: ArchiveError) -> ImageError {
        // Where the blob goes on behind its stated end it was cut there, and whatever else is wrong comes of that.
        _ = try? stream.drain()
        if stored.count > layer.size {
            return ImageError(
                .sizeMismatch, at: layer.digest.text,
                "layer blob has more than the \(layer.size) bytes that the manifest states")
        }
        // A name that no file can have would only fill the error.
        let path = current.flatMap { $0.bytes.count < 4096 ? " \($0)" : nil } ?? ""
        return ImageError(error, at: layer.digest.text + path)
    }
}
