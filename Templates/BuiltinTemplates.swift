/// The Mustache templates and style sheets below this folder, embedded in the binary.
package enum BuiltinTemplates {
    /// Every file, ordered by path; paths are relative to `Templates/`, such as `html/report.html`.
    package static var files: [(path: String, text: String)] {
        EmbeddedFiles.all.map { ($0.path, $0.text) }
    }
}
