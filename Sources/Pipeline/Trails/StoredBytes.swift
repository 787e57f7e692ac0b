import Archives
import Detection
import ImageReading
import Model

/// Reads the bytes that a finding names out of their layer or of the metadata, with no detector in between.
struct StoredBytes {
    /// No secret is longer; a document that says so would only fill memory.
    private static let longest = 16 << 20

    /// Those bytes in one file or field.
    struct Passage: Hashable {
        let fingerprint: Fingerprint
        /// Nil in metadata, which has no lines.
        let line: Int?
        let column: Int?

        /// Whether it stands in the line and column that `location` names.
        func isAt(_ location: Location) -> Bool { location.line == line && location.column == column }
    }

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

    /// Those bytes in the field that the finding names.
    func passages(in configuration: ImageConfiguration, key: FingerprintKey) -> Set<Passage> {
        let fields = configuration.fields.filter { $0.name == location.config }
        return Set(
            fields.compactMap { field in
                let bytes = Array(field.text.utf8.dropFirst(offset).prefix(length))
                guard bytes.count == length else { return nil }
                return Passage(fingerprint: key.fingerprint(of: bytes.span), line: nil, column: nil)
            })
    }

    /// Those bytes in each file of that path; empty where there is none as long as that.
    ///
    /// Reads the layer to its end, so that it is known to be the one that the image names.
    func passages(
        in layer: LayerDescriptor, of image: Image, key: FingerprintKey
    ) throws(ImageError) -> Set<Passage> {
        let reader = try image.reader(for: layer)
        var found: Set<Passage> = []
        while let entry = try reader.next() {
            guard entry.path == location.path else { continue }
            do throws(ArchiveError) {
                if let passage = try passage(of: reader.content, key: key) { found.insert(passage) }
            } catch {
                throw ImageError(error, at: layer.digest.text)
            }
        }
        _ = try reader.finish()
        return found
    }

    private func passage(
        of content: any ByteSource, key: FingerprintKey
    ) throws(ArchiveError) -> Passage? {
        var (passed, line, column) = (0, 1, 1)
        while passed < offset {
            let before = try content.readAll(limit: min(64 << 10, offset - passed))
            guard !before.isEmpty else { return nil }
            passed += before.count
            for byte in before {
                let isBreak = byte == UInt8(ascii: "\n")
                line += isBreak ? 1 : 0
                column = isBreak ? 1 : column + 1
            }
        }
        var secret = try content.readAll(limit: length)
        defer { for index in secret.indices { secret[index] = 0 } }
        guard secret.count == length else { return nil }
        return Passage(fingerprint: key.fingerprint(of: secret.span), line: line, column: column)
    }
}
