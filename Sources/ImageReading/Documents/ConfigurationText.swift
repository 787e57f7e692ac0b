internal import Model

/// The text in those parts of a configuration that ``Documents/Configuration`` does not name, such as what older
/// builders kept of the container in which they built: engines ignore it, and whoever pulls the image reads it.
struct ConfigurationText: Decodable {
    /// Whoever reads these takes what they should hold; anything else in them is text like all other.
    private static let formed: Set<String> = [
        "created", "architecture", "os", "variant", "rootfs", "history",
    ]
    private static let namedOfStep: Set<String> = ["created_by", "comment", "author"]
    private static let namedSettings: Set<String> = [
        "user", "env", "labels", "cmd", "entrypoint", "healthcheck", "workingdir", "exposedports", "volumes",
        "onbuild", "shell", "stopsignal",
    ]

    let fields: [ImageConfiguration.Field]

    init(from decoder: any Decoder) throws {
        fields = try TextTree(from: decoder).fields(in: "Config") { path, text in
            let folded = path.prefix(3).map(RepeatedKeys.folded)
            guard let first = folded.first else { return false }
            if first == "history", path.count == 3, Self.namedOfStep.contains(folded[2]) { return true }
            if Self.formed.contains(first) { return text.map(DocumentText.isPlain) ?? false }
            return first == "author"
                || path.count == 2 && first == "config" && Self.namedSettings.contains(folded[1])
        }
    }
}
