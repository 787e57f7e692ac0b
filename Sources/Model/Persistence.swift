/// Where something that a layer wrote stands in the final image.
package enum Persistence: String, Codable, Sendable, CaseIterable {
    /// A container started from the image sees it.
    case present
    /// An upper layer removed it; it is still in the layer below.
    case deleted
    /// An upper layer wrote another file at the same path; the old content is still in the layer below.
    case overwritten
    /// It is in the image's configuration or history, not in a file.
    case metadata
}

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
