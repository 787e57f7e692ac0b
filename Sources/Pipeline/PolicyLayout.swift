import FoundationEssentials
import PolicyLoading

/// Lays YAML documents out in one way, on disk.
package enum PolicyLayout {
    /// The files at `paths` and below them that are laid out otherwise, in order; with `writing` they were written anew.
    ///
    /// Where one of them cannot be read or laid out, none is written.
    package static func differing(_ paths: [String], writing: Bool) throws(AuditError) -> [String] {
        var laidOut: [(path: String, text: String)] = []
        var mistakes: [String] = []
        for source in try PolicySources.documents(at: paths) {
            do throws(PolicyDiagnostics) {
                let text = try PolicyLoader.laidOut(source)
                if Array(text.utf8) != source.bytes { laidOut.append((source.path, text)) }
            } catch {
                mistakes.append(error.description)
            }
        }
        guard mistakes.isEmpty else {
            throw AuditError(code: .brokenPolicy, listing: mistakes.joined(separator: "\n"))
        }
        if writing { for file in laidOut { try write(file.text, to: file.path) } }
        return laidOut.map(\.path)
    }

    private static func write(_ text: String, to path: String) throws(AuditError) {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw AuditError(code: .unwritableOutput, place: path, reason: FileFailure.words(error))
        }
    }
}
