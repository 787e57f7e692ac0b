extension ConnectionOptions {
    /// What `DOCKER_HOST` says, else the usual sockets of Docker and then of Podman, in the order in which they are tried.
    var engineAddresses: [String] {
        if let host = variable("DOCKER_HOST") { return [host] }
        let own = variable("XDG_RUNTIME_DIR").map { "unix://\($0)/podman/podman.sock" }
        return [
            "unix:///var/run/docker.sock", variable("CONTAINER_HOST"), own, "unix:///run/podman/podman.sock",
        ].compactMap(\.self)
    }
}
