/// How something got into the image.
package enum Origin: String, Codable, Sendable, CaseIterable {
    /// Inherited from the base image.
    case base
    /// Copied or added from the build context or from another build stage.
    case context
    /// Written by a command that the build ran.
    case step
    /// Left in a build or package cache.
    case cache
    /// Written into the configuration or the history.
    case metadata
    /// Nothing in the image says.
    case unknown
}
