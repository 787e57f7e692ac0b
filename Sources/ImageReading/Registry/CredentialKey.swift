/// Under which keys credential files may hold what is wanted for an image.
enum CredentialKey {
    /// What Docker Hub is called in such files, and by credential helpers.
    static let hubServer = "https://index.docker.io/v1/"

    private static let hub: Set<String> = ["docker.io", "index.docker.io", "registry-1.docker.io"]

    /// `key` as keys are compared: no scheme, no API version, and one name for Docker Hub.
    static func normalised(_ key: String) -> String {
        var rest = key[...]
        for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) {
            // With a scheme it is an address of old, whose path says nothing of repositories.
            rest = rest.dropFirst(scheme.count).prefix { $0 != "/" }
        }
        for version in ["/v1", "/v1/", "/v2", "/v2/", "/"] where rest.hasSuffix(version) {
            rest = rest.dropLast(version.count)
        }
        let host = rest.prefix { $0 != "/" }
        return hub.contains(String(host)) ? "docker.io" + rest.dropFirst(host.count) : String(rest)
    }

    /// The keys for an image, the one that says most of it first: `host/a/b`, `host/a`, `host`.
    static func keys(for name: RegistryName) -> [String] {
        var parts = name.repository.split(separator: "/").map(String.init)
        var keys: [String] = []
        while !parts.isEmpty {
            keys.append(([name.host] + parts).joined(separator: "/"))
            parts.removeLast()
        }
        return keys + [name.host]
    }
}
