import YAMLDocuments

extension YAMLSource {
    /// The lines that errors may quote: none of a file that is no document of ours, which may be one with credentials that
    /// somebody named by mistake.
    var shownLines: [String] { isOurs ? lines : [""] }

    /// Whether it has the word that begins each of our documents.
    private var isOurs: Bool { lines.contains { $0.contains("apiVersion") || $0.contains("kind:") } }
}
