import Archives
import Detection
import ImageReading
import Model

/// Reads the bytes that a finding names out of their layer or of the metadata, with no detector in between.
struct StoredBytes {
    /// No secret is longer; a document that says so would only fill memory.
    private static let longest = 16 << 20

    private let location: Location
    private let offset: Int
    private let length: Int

    /// Nil where the finding's place is not a plain range of the bytes of a file or of a metadata field.
    init?(_ location: Location) {
        guard location.within.isEmpty, let offset = location.offset, let length = location.length,
            (1...Self.longest).contains(length), offset >= 0
        else { return nil }
        self.location = location
        self.offset = offset
        self.length = length
    }

    /// The fingerprints of those bytes in the field that the finding names.
    func fingerprints(in configuration: ImageConfiguration, key: FingerprintKey) -> Set<Fingerprint> {
        let fields = configuration.fields.filter { $0.name == location.config }
        return Set(
            fields.compactMap { field in
                let bytes = Array(field.text.utf8.dropFirst(offset).prefix(length))
                return bytes.count == length ? key.fingerprint(of: bytes.span) : nil
            })
    }

    /// The fingerprints of those bytes in each file of that path; empty where there is none as long as that.
    ///
    /// Reads the layer to its end, so that it is known to be the one that the image names.
    func fingerprints(
        in layer: LayerDescriptor, of image: Image, key: FingerprintKey
    ) throws(ImageError) -> Set<Fingerprint> {
        let reader = try image.reader(for: layer)
        var found: Set<Fingerprint> = []
        while let entry = try reader.next() {
            guard entry.path == location.path else { continue }
            do throws(ArchiveError) {
                guard var secret = try bytes(of: reader.content) else { continue }
                found.insert(key.fingerprint(of: secret.span))
                for index in secret.indices { secret[index] = 0 }
            } catch {
                throw ImageError(error, at: layer.digest.text)
            }
        }
        _ = try reader.finish()
        return found
    }

    private func bytes(of content: any ByteSource) throws(ArchiveError) -> [UInt8]? {
        var passed = 0
        while passed < offset {
            let count = try content.readAll(limit: min(64 << 10, offset - passed)).count
            guard count > 0 else { return nil }
            passed += count
        }
        let bytes = try content.readAll(limit: length)
        return bytes.count == length ? bytes : nil
    }
}
