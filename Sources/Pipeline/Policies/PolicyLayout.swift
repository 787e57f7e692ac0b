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

    /// Puts a new file in the place of the old one, of which the mode stays, and links to it as well.
    private static func write(_ text: String, to path: String) throws(AuditError) {
        let files = FileManager.default
        let file = URL(filePath: path).resolvingSymlinksInPath()
        do {
            let mode = try files.attributesOfItem(atPath: file.path)[.posixPermissions]
            try Data(text.utf8).write(to: file, options: .atomic)
            if let mode { try files.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path) }
        } catch {
            throw AuditError(code: .unwritableOutput, place: path, reason: FileFailure.words(error))
        }
    }
}
