internal import Model

/// The text of a manifest or an index that is at no place which somebody looks at anyway: annotations of layers, addresses,
/// data within descriptors, and whatever else its writer put there.
///
/// Engines ignore it, and whoever may pull the image reads it.
struct DocumentText {
    private let tree: TextTree

    init(_ bytes: [UInt8], at place: String) throws(ImageError) {
        tree = try DocumentReader.decode(bytes, as: TextTree.self, at: place, keepingKeys: true)
    }

    /// All of it, with its own annotations.
    func fields(in root: String) -> [ImageConfiguration.Field] { fields(in: root) { _ in false } }

    /// That of an image's manifest, whose own annotations are fields of the image.
    var ofManifest: [ImageConfiguration.Field] { fields(in: "Manifest") { $0.first == "annotations" } }

    /// That of an index: its own, and what it says of its entry at `position`.
    func ofIndex(entry position: Int, in root: String) -> [ImageConfiguration.Field] {
        let entry = "\(position)"
        return fields(in: root) { $0.count > 1 && $0[0] == "manifests" && $0[1] != entry }
    }

    private func fields(
        in root: String, skipping isSkipped: ([String]) -> Bool
    ) -> [ImageConfiguration.Field] {
        tree.fields(in: root) { path, text in
            isSkipped(path.map(RepeatedKeys.folded)) || text.map(Self.isPlain) ?? false
        }
        // The name of an annotation stands with its value.
        .filter { !$0.name.hasSuffix("/annotations") }.map(Self.withName)
    }

    /// An annotation as `NAME=value`, the form in which rules know settings.
    private static func withName(_ field: ImageConfiguration.Field) -> ImageConfiguration.Field {
        guard let mark = field.name.firstRange(of: "/annotations/") else { return field }
        return ImageConfiguration.Field(
            name: field.name, text: "\(field.name[mark.upperBound...])=\(field.text)")
    }

    /// A digest, a time, or one short word, as the formats have them: `sha256:…`, `linux`, `mediaType`.
    static func isPlain(_ text: String) -> Bool {
        Platform.isName(text) || Digest(text) != nil || Instant(text) != nil
    }
}
