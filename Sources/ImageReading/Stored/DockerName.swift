/// The name of an image in the form in which registries compare it: `docker.io/library/alpine:latest`.
enum DockerName {
    /// `name` with the parts that people leave out.
    static func normalised(_ name: String) -> String {
        var parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let first = parts.first ?? ""
        let hasRegistry =
            parts.count > 1 && (first.contains(".") || first.contains(":") || first == "localhost")
        if !hasRegistry {
            parts = parts.count > 1 ? ["docker.io"] + parts : ["docker.io", "library"] + parts
        }
        let isTagged = parts.last?.split(separator: "/").last?.contains(where: { $0 == ":" || $0 == "@" })
        return parts.joined(separator: "/") + (isTagged ?? false ? "" : ":latest")
    }
}
