import YAMLDocuments

extension PolicyLoader {
    /// The text of a document in the one layout, two spaces a level and lists below their keys; what it says is not
    /// looked at.
    package static func laidOut(_ source: PolicySource) throws(PolicyDiagnostics) -> String {
        let text = YAMLSource(file: source.path, bytes: source.bytes)
        do throws(YAMLError) {
            return try YAMLLayout.text(of: YAMLDocument.parse(source.bytes, file: source.path))
        } catch {
            let mark = error.place.mark
            throw PolicyDiagnostics(
                Diagnostic(
                    .yaml, file: source.path, line: mark.line, column: mark.column, message: error.reason,
                    sourceLine: text.shownLines.dropFirst(mark.line - 1).first ?? ""))
        }
    }
}
