internal import Model

/// The text of a manifest or an index that is at no place which somebody looks at anyway: annotations of layers, addresses,
/// data within descriptors, and whatever else its writer put there.
///
/// Engines ignore it, and whoever may pull the image reads it.
struct DocumentText {
    typealias Field = ImageConfiguration.Field

    /// Every image of an index has them all.
    private static let mostOfIndex = 1_000

    private let tree: TextTree

    private init(tree: TextTree) { self.tree = tree }

    init(_ bytes: [UInt8], at place: String) throws(ImageError) {
        tree = try DocumentReader.decode(bytes, as: TextTree.self, at: place, keepingKeys: true)
    }

    /// All of it, with its own annotations.
    func fields(in root: String) -> [Field] { fields(in: root) { _ in false } }

    /// That of an image's manifest, whose own annotations are fields of the image.
    var ofManifest: [Field] { fields(in: "Manifest") { $0.first == "annotations" } }

    /// That of an index: its own, which all of its entries have in common, and what it says of each.
    ///
    /// Read once for all of them, since an index may have thousands.
    func ofIndex(in root: String, at place: String) throws(ImageError) -> (own: [Field], entries: [[Field]]) {
        let own = fields(in: root) { $0.first == "manifests" }
        guard own.count <= Self.mostOfIndex else {
            throw ImageError(.tooLarge, at: place, "index has more than \(Self.mostOfIndex) texts of its own")
        }
        let entries = tree.list("manifests").enumerated().map { position, entry in
            DocumentText(tree: entry).fields(in: "\(root)/manifests/\(position)")
        }
        return (own, entries)
    }

    private func fields(in root: String, skipping isSkipped: ([String]) -> Bool) -> [Field] {
        tree.fields(in: root) { path, text in
            let path = path.map(RepeatedKeys.folded)
            if isSkipped(path) { return true }
            // Of an annotation a short word is the value of something.
            return path.contains("annotations") ? false : text.map(Self.isPlain) ?? false
        }
        .map(Self.withName)
    }

    /// An annotation as `NAME=value`, the form in which rules know settings.
    private static func withName(_ field: Field) -> Field {
        guard let mark = field.name.firstRange(of: "/annotations/") else { return field }
        return Field(
            name: field.name, text: "\(field.name[mark.upperBound...])=\(field.text)")
    }

    /// A digest, a time, or one short word, as the formats have them: `sha256:…`, `linux`, `mediaType`.
    static func isPlain(_ text: String) -> Bool {
        Platform.isName(text) || Digest(text) != nil || Instant(text) != nil
    }
}
