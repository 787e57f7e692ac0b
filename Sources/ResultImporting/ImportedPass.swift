/// A check that another tool made, and that the image passed.
package struct ImportedPass: Hashable, Sendable {
    /// The tool's own name for it.
    package var rule: String
    /// Names that other tools may have for the same.
    package var aliases: [String] = []
    package var place: ImportedPlace
}
