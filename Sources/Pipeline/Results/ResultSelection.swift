/// Which results of other tools to take in, and how.
package struct ResultSelection: Sendable {
    /// A file with results, as it was given.
    package struct Source: Hashable, Sendable {
        /// The importer's id; nil to go by the content.
        package let format: String?
        /// The file; `-` for standard input.
        package let path: String

        /// The source that `text` names: `FILE`, or `FORMAT:FILE` with one of `formats`.
        package init(_ text: String, formats: [String]) {
            let format = formats.first { text.hasPrefix($0 + ":") }
            self.format = format
            path = format.map { String(text.dropFirst($0.utf8.count + 1)) } ?? text
        }
    }

    package var sources: [Source]
    /// Whether results that name no image are about the one that is audited.
    package var assumesTarget: Bool
    /// Files with tables of other tools' words, beside the built-in ones.
    package var importerFiles: [String]

    package init(sources: [Source] = [], assumesTarget: Bool = false, importerFiles: [String] = []) {
        self.sources = sources
        self.assumesTarget = assumesTarget
        self.importerFiles = importerFiles
    }
}
