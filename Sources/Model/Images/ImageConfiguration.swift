/// The image's configuration as it is in the image, secrets and all.
///
/// It lives between the reader and the detectors; it is not `Codable`, and prints nothing of itself.
package struct ImageConfiguration: Sendable {
    /// One entry of the history.
    package struct Step: Sendable {
        package let createdBy: String?
        package let created: Instant?
        package let comment: String?
        package let author: String?
        /// Whether it made no layer.
        package let emptyLayer: Bool

        package init(
            createdBy: String?, created: Instant?, comment: String?, author: String? = nil, emptyLayer: Bool
        ) {
            self.createdBy = createdBy
            self.created = created
            self.comment = comment
            self.author = author
            self.emptyLayer = emptyLayer
        }
    }

    /// A metadata field by its name in locations, and its text.
    package struct Field: Sendable {
        /// `Env/PATH`, `Labels/maintainer`, `Cmd`, `Entrypoint`, `Healthcheck`, `User`, `Annotations/title`, `history/5`,
        /// `history/5/comment`.
        package let name: String
        package let text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Whether there is one; a build cache has none, only text that stands in its other documents.
    package let exists: Bool
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
    /// Instructions for the builds of images upon this one.
    package let onBuild: [String]
    package let shell: [String]
    package let stopSignal: String
    /// Those of the manifest.
    package let annotations: [(name: String, value: String)]
    /// What the document holds beside all that.
    package var otherText: [Field]

    package init(
        exists: Bool = true, user: String, environment: [(name: String, value: String)],
        labels: [(name: String, value: String)],
        command: [String], entrypoint: [String], healthcheck: [String], workingDirectory: String,
        exposedPorts: [String], volumes: [String], author: String?, history: [Step], onBuild: [String] = [],
        shell: [String] = [], stopSignal: String = "", annotations: [(name: String, value: String)] = [],
        otherText: [Field] = []
    ) {
        self.exists = exists
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
        self.onBuild = onBuild
        self.shell = shell
        self.stopSignal = stopSignal
        self.annotations = annotations
        self.otherText = otherText
    }

    /// Every field that holds text, in the order in which evidence lists them.
    package var fields: [Field] {
        var fields = annotations.map { Field(name: "Annotations/\($0.name)", text: "\($0.name)=\($0.value)") }
        if let author, !author.isEmpty { fields.append(Field(name: "Author", text: author)) }
        if !command.isEmpty { fields.append(Field(name: "Cmd", text: command.joined(separator: " "))) }
        if !entrypoint.isEmpty {
            fields.append(Field(name: "Entrypoint", text: entrypoint.joined(separator: " ")))
        }
        fields += environment.map { Field(name: "Env/\($0.name)", text: "\($0.name)=\($0.value)") }
        fields += exposedPorts.map { Field(name: "ExposedPorts/\($0)", text: $0) }
        if !healthcheck.isEmpty {
            fields.append(Field(name: "Healthcheck", text: healthcheck.joined(separator: " ")))
        }
        fields += labels.map { Field(name: "Labels/\($0.name)", text: "\($0.name)=\($0.value)") }
        fields += onBuild.enumerated().map { Field(name: "OnBuild/\($0)", text: $1) }
        if !shell.isEmpty { fields.append(Field(name: "Shell", text: shell.joined(separator: " "))) }
        if !stopSignal.isEmpty { fields.append(Field(name: "StopSignal", text: stopSignal)) }
        if !user.isEmpty { fields.append(Field(name: "User", text: user)) }
        fields += volumes.map { Field(name: "Volumes/\($0)", text: $0) }
        if !workingDirectory.isEmpty { fields.append(Field(name: "WorkingDir", text: workingDirectory)) }
        for (index, step) in history.enumerated() {
            if let text = step.createdBy, !text.isEmpty {
                fields.append(Field(name: "history/\(index)", text: text))
            }
            if let text = step.comment, !text.isEmpty {
                fields.append(Field(name: "history/\(index)/comment", text: text))
            }
            if let text = step.author, !text.isEmpty {
                fields.append(Field(name: "history/\(index)/author", text: text))
            }
        }
        return fields + otherText
    }
}

extension ImageConfiguration: CustomStringConvertible, CustomReflectable {
    package var description: String { "image configuration (not shown: it may hold secrets)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
