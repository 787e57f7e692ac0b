import Archives
import Cryptography
import Model

/// What is wrong with what an entry of a layer wants to be: no honest builder writes it, and engines differ in what they
/// make of it, so that nobody can tell what the final image has there.
enum PathOddity {
    /// The system takes no longer path.
    fileprivate static let longest = 4096

    /// No file is larger.
    private static let largest = 1 << 44

    private static let parent = Array("..".utf8)

    /// What is wrong with `entry`, in words; nil where nothing is.
    static func first(of entry: FileEntry) -> String? {
        if entry.path.bytes.isEmpty, entry.kind != .folder {
            return "an entry without a name that is no folder"
        }
        if entry.path.bytes.count >= longest { return "a name of \(entry.path.bytes.count) bytes" }
        if climbs(entry.path) { return "a name with .. in it" }
        if entry.size > largest { return "a size of \(entry.size) bytes" }
        guard case .hardLink(let target) = entry.kind else { return nil }
        if target == entry.path { return "a hard link to itself" }
        return climbs(target) ? "a hard link to a name with .. in it" : nil
    }

    private static func climbs(_ path: EntryPath) -> Bool {
        guard ByteSearch.contains(path.bytes.span, parent) else { return false }
        return path.components.contains { $0.elementsEqual(parent) }
    }
}

extension EntryPath {
    /// The path as it is told of: of one that is too long to be any file's, only what it takes to know it again.
    ///
    /// Nothing of the text is shown, because a secret in it might be cut so that nobody knows it for one any more.
    var told: EntryPath {
        guard bytes.count >= PathOddity.longest else { return self }
        let digest = Hex.string(SHA256Hasher.hash(bytes)).prefix(16)
        return EntryPath("… (a name of \(bytes.count) bytes, SHA-256 \(digest)…)")
    }
}
