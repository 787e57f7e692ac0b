/// How a container of the image is started: the `config` object of the image configuration.
package struct RuntimeConfiguration: Sendable {
    package var user: String?
    /// `NAME=value`, in order.
    package var environment: [String] = []
    package var labels: [String: String] = [:]
    package var command: [String] = []
    package var entrypoint: [String] = []
    /// `CMD-SHELL` or `CMD` and what follows.
    package var healthcheck: [String] = []
    package var workingDirectory: String?
    package var exposedPorts: [String] = []
    package var volumes: [String] = []

    package init() {}
}

extension RuntimeConfiguration: Encodable {
    private enum Key: String, CodingKey {
        case user = "User"
        case environment = "Env"
        case labels = "Labels"
        case command = "Cmd"
        case entrypoint = "Entrypoint"
        case healthcheck = "Healthcheck"
        case workingDirectory = "WorkingDir"
        case exposedPorts = "ExposedPorts"
        case volumes = "Volumes"
    }

    private struct Nothing: Encodable {}

    private struct Healthcheck: Encodable {
        let test: [String]

        enum CodingKeys: String, CodingKey { case test = "Test" }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(user, forKey: .user)
        if !environment.isEmpty { try container.encode(environment, forKey: .environment) }
        if !labels.isEmpty { try container.encode(labels, forKey: .labels) }
        if !command.isEmpty { try container.encode(command, forKey: .command) }
        if !entrypoint.isEmpty { try container.encode(entrypoint, forKey: .entrypoint) }
        if !healthcheck.isEmpty {
            try container.encode(Healthcheck(test: healthcheck), forKey: .healthcheck)
        }
        try container.encodeIfPresent(workingDirectory, forKey: .workingDirectory)
        if !exposedPorts.isEmpty { try container.encode(set(exposedPorts), forKey: .exposedPorts) }
        if !volumes.isEmpty { try container.encode(set(volumes), forKey: .volumes) }
    }

    /// The JSON form of a Go set: each member with an empty object.
    private func set(_ members: [String]) -> [String: Nothing] {
        Dictionary(members.map { ($0, Nothing()) }, uniquingKeysWith: { first, _ in first })
    }
}
