import Archives
import Cryptography
import Model

/// An object of a Git repository that is in memory.
struct GitObject {
    let kind: GitObjectKind
    let content: [UInt8]
    /// SHA-1 of both, by which others refer to it; nil where there is no SHA-1.
    let name: [UInt8]?

    init(_ kind: GitObjectKind, _ content: [UInt8]) {
        self.kind = kind
        self.content = content
        name = SHA1.hash(Array("\(kind.rawValue) \(content.count)\0".utf8), content)
    }

    /// As in `within`, followed by the path that the content has in the repository, where that is known.
    func title(path: String?) -> String {
        let title = "object \(name.map { Hex.string($0) } ?? "?")"
        return path.map { "\(title)/\($0)" } ?? title
    }
}
