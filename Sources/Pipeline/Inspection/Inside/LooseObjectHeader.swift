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

    /// As in `within`.
    var title: String {
        isEnvironment ? Self.title(ofContentAt: GitObject.environmentName) : "\(kind.rawValue) object"
    }

    /// The same of content whose path in the repository is known.
    static func title(ofContentAt path: String) -> String { "\(GitObjectKind.blob.rawValue) object/\(path)" }

    /// Whether Git would keep an object at this path, which ends with its name cut in two.
    static func isPlace(_ path: String) -> Bool {
        let parts = path.split(separator: "/").suffix(2)
        return parts.first?.utf8.count == 2 && parts.joined().utf8.count >= 40
            && parts.joined().allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }
}
