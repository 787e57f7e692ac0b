internal import Model

/// The text in those parts of a configuration that ``Documents/Configuration`` does not name, such as what older
/// builders kept of the container in which they built: engines ignore it, and whoever pulls the image reads it.
struct ConfigurationText: Decodable {
    private static let named: Set<String> = [
        "created", "architecture", "os", "variant", "author", "rootfs", "history",
    ]
    private static let namedSettings: Set<String> = [
        "user", "env", "labels", "cmd", "entrypoint", "healthcheck", "workingdir", "exposedports", "volumes",
        "onbuild", "shell", "stopsignal",
    ]

    let fields: [ImageConfiguration.Field]

    init(from decoder: any Decoder) throws {
        fields = try TextTree(from: decoder).fields(in: "Config") { path in
            let folded = path.prefix(2).map(RepeatedKeys.folded)
            if let first = folded.first, Self.named.contains(first) { return true }
            return path.count == 2 && folded[0] == "config" && Self.namedSettings.contains(folded[1])
        }
    }
}
