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
    /// Another tool reports it, and nothing at hand tells what became of the file.
    case unknown
}
