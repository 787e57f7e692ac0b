/// How registries and engines are reached, and as whom.
///
/// Holds what the environment says, for nothing below reads it: where credentials, sockets and proxies are.
package struct ConnectionOptions: Sendable {
    /// PEM certificates to trust beside the system's.
    package var caFile: String?
    /// Whether any registry that does not speak https may be asked by http, and not those on this machine only.
    package var allowsPlainHTTP: Bool
    package var environment: [String: String]
    /// Where container engines may be, such as `unix:///var/run/docker.sock`, in the order in which they are tried.
    package var engines: [String]

    package init(
        caFile: String? = nil, allowsPlainHTTP: Bool = false, environment: [String: String] = [:],
        engines: [String]? = nil
    ) {
        self.caFile = caFile
        self.allowsPlainHTTP = allowsPlainHTTP
        self.environment = environment
        self.engines = engines ?? Self.usualEngines(environment)
    }

    /// The value of a variable; nil where it is empty, which means the same as absent.
    func variable(_ name: String) -> String? { Self.variable(name, in: environment) }

    /// What `DOCKER_HOST` says, else the usual sockets of Docker and then of Podman.
    private static func usualEngines(_ environment: [String: String]) -> [String] {
        if let host = variable("DOCKER_HOST", in: environment) { return [host] }
        let own = variable("XDG_RUNTIME_DIR", in: environment).map { "unix://\($0)/podman/podman.sock" }
        let podman = variable("CONTAINER_HOST", in: environment)
        return ["unix:///var/run/docker.sock", podman, own, "unix:///run/podman/podman.sock"].compactMap(
            \.self)
    }

    private static func variable(_ name: String, in environment: [String: String]) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension ConnectionOptions: CustomStringConvertible, CustomReflectable {
    /// Environments hold secrets.
    package var description: String { "connection options" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
