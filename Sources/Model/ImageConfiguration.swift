/// The image's configuration as it is in the image, secrets and all.
///
/// It lives between the reader and the detectors; it is not `Codable`, and prints nothing of itself.
package struct ImageConfiguration: Sendable {
    /// One entry of the history.
    package struct Step: Sendable {
        package let createdBy: String?
        package let created: Instant?
        package let comment: String?
        /// Whether it made no layer.
        package let emptyLayer: Bool

        package init(createdBy: String?, created: Instant?, comment: String?, emptyLayer: Bool) {
            self.createdBy = createdBy
            self.created = created
            self.comment = comment
            self.emptyLayer = emptyLayer
        }
    }

    /// A metadata field by its name in locations, and its text.
    package struct Field: Sendable {
        /// `Env/PATH`, `Labels/maintainer`, `Cmd`, `Entrypoint`, `Healthcheck`, `User`, `history/5`, `history/5/comment`.
        package let name: String
        package let text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    package let user: String
    package let environment: [(name: String, value: String)]
    package let labels: [(name: String, value: String)]
    package let command: [String]
    package let entrypoint: [String]
    package let healthcheck: [String]
    package let workingDirectory: String
    package let exposedPorts: [String]
    package let volumes: [String]
    package let author: String?
    package let history: [Step]

    package init(
        user: String, environment: [(name: String, value: String)], labels: [(name: String, value: String)],
        command: [String], entrypoint: [String], healthcheck: [String], workingDirectory: String,
        exposedPorts: [String], volumes: [String], author: String?, history: [Step]
    ) {
        self.user = user
        self.environment = environment
        self.labels = labels
        self.command = command
        self.entrypoint = entrypoint
        self.healthcheck = healthcheck
        self.workingDirectory = workingDirectory
        self.exposedPorts = exposedPorts
        self.volumes = volumes
        self.author = author
        self.history = history
    }

    /// Every field that holds text, in the order in which evidence lists them.
    package var fields: [Field] {
        var fields: [Field] = []
        if let author, !author.isEmpty { fields.append(Field(name: "Author", text: author)) }
        if !command.isEmpty { fields.append(Field(name: "Cmd", text: command.joined(separator: " "))) }
        if !entrypoint.isEmpty {
            fields.append(Field(name: "Entrypoint", text: entrypoint.joined(separator: " ")))
        }
        fields += environment.map { Field(name: "Env/\($0.name)", text: "\($0.name)=\($0.value)") }
        if !healthcheck.isEmpty {
            fields.append(Field(name: "Healthcheck", text: healthcheck.joined(separator: " ")))
        }
        fields += labels.map { Field(name: "Labels/\($0.name)", text: "\($0.name)=\($0.value)") }
        for (index, step) in history.enumerated() {
            if let text = step.createdBy, !text.isEmpty {
                fields.append(Field(name: "history/\(index)", text: text))
            }
            if let text = step.comment, !text.isEmpty {
                fields.append(Field(name: "history/\(index)/comment", text: text))
            }
        }
        return fields
    }
}

extension ImageConfiguration: CustomStringConvertible, CustomReflectable {
    package var description: String { "image configuration (not shown: it may hold secrets)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
