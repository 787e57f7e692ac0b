/// A name given to an image, `repository:tag`.
struct ImageName {
    let repository: String
    let tag: String

    init(_ text: String) {
        let slash = text.lastIndex(of: "/") ?? text.startIndex
        // A colon before the last slash is a registry's port.
        guard let colon = text[slash...].lastIndex(of: ":") else {
            repository = text
            tag = "latest"
            return
        }
        repository = String(text[..<colon])
        tag = String(text[text.index(after: colon)...])
    }

    /// With the registry that Docker takes where none is named.
    var canonical: String {
        let first = repository.split(separator: "/").first ?? ""
        let hasRegistry = repository.contains("/") && (first.contains(".") || first.contains(":"))
        let prefix = hasRegistry ? "" : repository.contains("/") ? "docker.io/" : "docker.io/library/"
        return "\(prefix)\(repository):\(tag)"
    }
}
