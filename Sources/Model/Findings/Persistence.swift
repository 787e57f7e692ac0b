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
    /// Nothing at hand tells what became of the file: another tool reports it, or a layer above could not be read.
    case unknown
}
