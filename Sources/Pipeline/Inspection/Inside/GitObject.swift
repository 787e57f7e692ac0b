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

    /// What it is called in a repository of this form.
    func name(in form: GitTree.Form) -> [UInt8]? {
        guard form == .sha256 else { return name }
        var hasher = SHA256Hasher()
        hasher.update(Array("\(kind.rawValue) \(content.count)\0".utf8).span)
        hasher.update(content.span)
        return hasher.finish()
    }

    /// As in `within`: where in the pack it begins, followed by the path that the content has in the repository, where
    /// that is known.
    ///
    /// Not its name, a hash without a key: of a file that holds little but a secret, that tells who guesses it.
    func title(at place: Int, path: String?) -> String {
        let title = "object at byte \(place)"
        if let path { return "\(title)/\(path)" }
        return kind == .blob && Self.isEnvironment(content.prefix(4096))
            ? "\(title)/\(Self.environmentName)" : title
    }

    /// Stands for the path of an object that nothing names and that holds variables: rules for such files see it so.
    static let environmentName = "unnamed.env"

    /// Whether every line that is whole in `beginning` is empty, a comment, or a name in capitals set to something.
    static func isEnvironment(_ beginning: ArraySlice<UInt8>) -> Bool {
        let lines = beginning.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var variables = 0
        for line in lines.count > 1 ? lines.dropLast() : lines {
            guard let first = line.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "\r") else {
                continue
            }
            guard let end = line.firstIndex(of: UInt8(ascii: "=")), end > line.startIndex,
                line[..<end].allSatisfy({
                    (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f
                })
            else { return false }
            variables += 1
        }
        return variables > 0
    }
}
