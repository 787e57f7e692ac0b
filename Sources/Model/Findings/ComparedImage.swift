/// Another image of the same run, whose secrets were held against those of the image at hand.
package struct ComparedImage: Hashable, Sendable, Codable, Comparable {
    /// The reference as it was given, secrets masked.
    package let name: String
    package let digest: Digest
    /// `production`, `staging`; nil where nothing says.
    package let environment: String?

    package init(name: String, digest: Digest, environment: String?) {
        self.name = name
        self.digest = digest
        self.environment = environment
    }

    package static func < (left: ComparedImage, right: ComparedImage) -> Bool {
        (left.name, left.digest, left.environment ?? "") < (right.name, right.digest, right.environment ?? "")
    }
}
