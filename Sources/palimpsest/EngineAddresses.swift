/// Where a container engine may be.
enum EngineAddresses {
    /// What `DOCKER_HOST` says, else the usual sockets of Docker and then of Podman, in the order in which they are tried.
    static func all(_ environment: [String: String]) -> [String] {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let host = value("DOCKER_HOST") { return [host] }
        let own = value("XDG_RUNTIME_DIR").map { "unix://\($0)/podman/podman.sock" }
        return [
            "unix:///var/run/docker.sock", value("CONTAINER_HOST"), own, "unix:///run/podman/podman.sock",
        ]
        .compactMap(\.self)
    }
}
