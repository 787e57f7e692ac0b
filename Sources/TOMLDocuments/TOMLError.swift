/// Why a document is no TOML, and where.
package struct TOMLError: Error, Hashable, Sendable {
    /// From 1.
    package let line: Int
    /// From 1.
    package let column: Int
    /// In the library's own words.
    package let reason: String
}
