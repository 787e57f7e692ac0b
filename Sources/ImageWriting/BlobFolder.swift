internal import Archives
internal import FoundationEssentials

/// The `blobs/sha256` folder that an image is written through, whatever its format, so that no layer is held in memory.
struct BlobFolder {
    let path: String

    /// Makes the folders under `root`.
    static func make(in root: String) throws(ImageWriteError) -> BlobFolder {
        let path = root + "/blobs/sha256"
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw ImageWriteError(
                code: .destination, place: root, reason: "cannot create the folder", underlying: "\(error)")
        }
        return BlobFolder(path: path)
    }

    /// Stores a document and describes it.
    func store(_ bytes: [UInt8], mediaType: String) throws(ImageWriteError) -> Descriptor {
        let digest = ContentDigest.of(bytes)
        try write(bytes, as: digest)
        return Descriptor(mediaType: mediaType, digest: digest, size: bytes.count)
    }

    /// Stores a layer, as plain tar if `asPlain`.
    func store(_ layer: ImageBuilder.Layer, asPlain: Bool) throws(ImageWriteError) -> WrittenImage.Layer {
        switch layer {
        case .built(let builder, let compression):
            try store(builder, asPlain ? .none : compression)
        case .raw(let raw):
            try store(raw)
        }
    }

    private func store(
        _ builder: LayerBuilder, _ compression: LayerCompression
    ) throws(ImageWriteError) -> WrittenImage.Layer {
        let partial = path + "/.partial"
        let stored: HashingSink
        let plain: HashingSink
        do throws(ArchiveWriteError) {
            stored = HashingSink(try FileSink(path: partial))
            if let method = compression.method {
                plain = HashingSink(try Compressor(method, to: stored))
            } else {
                plain = stored
            }
        } catch {
            throw ImageWriteError(error)
        }
        try builder.write(to: plain)
        try move(partial, to: file(of: stored.digest))
        return WrittenImage.Layer(
            digest: stored.digest, diffID: plain.digest, mediaType: compression.mediaType,
            size: stored.count, uncompressedSize: plain.count)
    }

    private func store(_ raw: RawLayer) throws(ImageWriteError) -> WrittenImage.Layer {
        let truth = ContentDigest.of(raw.blob)
        let digest = raw.digest ?? truth
        try write(raw.blob, as: digest)
        return WrittenImage.Layer(
            digest: digest, diffID: raw.diffID ?? truth, mediaType: raw.mediaType,
            size: raw.size ?? raw.blob.count, uncompressedSize: nil)
    }

    private func write(_ bytes: [UInt8], as digest: String) throws(ImageWriteError) {
        let partial = path + "/.partial"
        do throws(ArchiveWriteError) {
            let sink = try FileSink(path: partial)
            try sink.write(bytes.span)
            try sink.finish()
        } catch {
            throw ImageWriteError(error)
        }
        try move(partial, to: file(of: digest))
    }

    /// The file names of all blobs.
    func names() throws(ImageWriteError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw ImageWriteError(
                code: .output, place: path, reason: "cannot list the blobs", underlying: "\(error)")
        }
    }

    func file(of digest: String) -> String { path + "/" + ContentDigest.hex(digest) }

    private func move(_ partial: String, to file: String) throws(ImageWriteError) {
        do {
            // The same blob twice is one file.
            if FileManager.default.fileExists(atPath: file) {
                try FileManager.default.removeItem(atPath: file)
            }
            try FileManager.default.moveItem(atPath: partial, toPath: file)
        } catch {
            throw ImageWriteError(
                code: .output, place: file, reason: "cannot put the blob in place", underlying: "\(error)")
        }
    }
}
