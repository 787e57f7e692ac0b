internal import Model

/// Statements about an image that its builder stored beside it, as in-toto writes them.
///
/// The provenance that BuildKit writes with `mode=max` holds every build argument, which is where credentials often are.
struct Attestation {
    /// What all those of one image may hold together; an honest provenance has some ten kilobytes.
    static let sizeLimit = 2 << 20
    private static let statementLimit = 1 << 20

    /// What kinds of statements they are.
    private(set) var predicates: [String] = []
    /// Their text, by where it stands.
    private(set) var fields: [ImageConfiguration.Field] = []
    /// Why some of it was not looked at.
    private(set) var failures: [String] = []

    /// Reads what `manifest` leads to, as far as there is `room` for bytes of text.
    static func read(_ manifest: BlobDescriptor, in blobs: any BlobStore, room: inout Int) -> Attestation {
        var attestation = Attestation()
        do throws(ImageError) {
            let bytes = try DocumentReader.bytes(manifest: manifest, in: blobs)
            let document = try DocumentReader.decode(
                bytes, as: Documents.Manifest.self, at: manifest.digest.text)
            guard bytes.count <= room else {
                attestation.failures.append("\(manifest.digest) is too large")
                return attestation
            }
            room -= bytes.count
            attestation.fields += try DocumentText(bytes, at: manifest.digest.text)
                .fields(in: "Attestation/\(manifest.digest.short)")
            for layer in document.layers ?? [] {
                let descriptor = try BlobDescriptor(layer, at: manifest.digest.text)
                attestation.add(descriptor, in: blobs, room: &room)
            }
        } catch {
            attestation.failures.append(String(describing: error))
        }
        return attestation
    }

    private mutating func add(_ statement: BlobDescriptor, in blobs: any BlobStore, room: inout Int) {
        predicates.append(statement.annotations["in-toto.io/predicate-type"] ?? statement.mediaType)
        guard let size = statement.size, size <= min(room, Self.statementLimit) else {
            failures.append("\(statement.digest) is too large")
            return
        }
        room -= size
        do throws(ImageError) {
            let bytes = try DocumentReader.bytes(statement, in: blobs)
            let tree = try DocumentReader.decode(
                bytes, as: TextTree.self, at: statement.digest.text, keepingKeys: true)
            fields += tree.fields(in: "Attestation/\(statement.digest.short)").map(Self.withArgument)
        } catch {
            failures.append(String(describing: error))
        }
    }

    /// A build argument as `NAME=value`, the form in which rules know settings.
    private static func withArgument(_ field: ImageConfiguration.Field) -> ImageConfiguration.Field {
        guard let mark = field.name.firstRange(of: "/build-arg:") else { return field }
        return ImageConfiguration.Field(
            name: field.name, text: "\(field.name[mark.upperBound...])=\(field.text)")
    }
}
