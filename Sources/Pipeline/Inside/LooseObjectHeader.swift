import Archives

/// What stands before the content of a Git object that is a file of its own: `blob 123` and a zero.
struct LooseObjectHeader {
    let kind: GitObjectKind
    /// Of the content.
    let size: Int
    /// Of the header itself.
    let length: Int
    /// Whether the content begins as a file with variables of an environment does.
    private let isEnvironment: Bool

    init?(_ beginning: [UInt8]) {
        guard let zero = beginning.prefix(32).firstIndex(of: 0) else { return nil }
        let words = String(decoding: beginning[..<zero], as: UTF8.self).split(separator: " ")
        guard words.count == 2, let kind = GitObjectKind(rawValue: String(words[0])),
            let size = Int(words[1]),
            size >= 0
        else { return nil }
        self.kind = kind
        self.size = size
        length = zero + 1
        isEnvironment = kind == .blob && GitObject.isEnvironment(beginning[(zero + 1)...])
    }

    /// As in `within`: the object's name, which Git makes the file's path of.
    func title(at path: String) -> String {
        let parts = path.split(separator: "/").suffix(2).joined()
        let isName = parts.utf8.count >= 40 && parts.allSatisfy { $0.isHexDigit && !$0.isUppercase }
        let title = isName ? "object \(parts)" : "\(kind.rawValue) object"
        return isEnvironment ? "\(title)/\(GitObject.environmentName)" : title
    }
}
