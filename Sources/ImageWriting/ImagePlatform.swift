/// What an image runs on.
package struct ImagePlatform: Hashable, Sendable, Codable {
    package var os: String
    package var architecture: String
    package var variant: String?

    package init(os: String = "linux", architecture: String = "amd64", variant: String? = nil) {
        self.os = os
        self.architecture = architecture
        self.variant = variant
    }
}
