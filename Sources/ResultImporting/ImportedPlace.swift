/// Where another tool says that it found something.
package struct ImportedPlace: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A file of the image.
        case file(String)
        /// A field of the image's metadata, as ours are named: `Env/TOKEN`, `history/5`.
        case metadata(String)
        /// A file that the image was built from, which need not be in it.
        case source(String)
        /// The image as a whole.
        case image
    }

    package var kind: Kind
    /// The layer's digest or diffID; nil where the tool does not say.
    package var layer: String?
    package var line: Int?
    package var column: Int?
    package var within: [String]

    init(_ kind: Kind, layer: String? = nil, line: Int? = nil, column: Int? = nil, within: [String] = []) {
        self.kind = kind
        self.layer = layer.flatMap { $0.isEmpty ? nil : $0 }
        self.line = line.flatMap { $0 > 0 ? $0 : nil }
        self.column = column.flatMap { $0 > 0 ? $0 : nil }
        self.within = within
    }

    /// A file, named with `/` or, on Windows, with backslashes.
    static func file(_ path: String, layer: String? = nil, line: Int? = nil, column: Int? = nil)
        -> ImportedPlace
    {
        ImportedPlace(.file(slashed(path)), layer: layer, line: line, column: column)
    }

    /// The path with `/` between its parts.
    static func slashed(_ path: String) -> String {
        guard path.contains("\\"), !path.contains("/") else { return path }
        return String(path.map { $0 == "\\" ? "/" : $0 })
    }
}
