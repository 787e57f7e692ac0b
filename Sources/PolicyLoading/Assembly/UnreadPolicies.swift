import YAMLDocuments

/// What of the policies could not be read: what depends on it is not held against them, since enough is said.
struct UnreadPolicies {
    /// Whether a document is there of which nothing can be told, so that it may be what others name.
    private(set) var isAny = false
    /// Whether rules or parameters are there whose names cannot be told.
    private(set) var lacksNames = false
    /// Whether a policy or what it extends came to nothing.
    private(set) var isLacking = false
    private var ids: Set<String> = []

    /// Whether the policy called `id` may be one that could not be read.
    func mayHold(_ id: String) -> Bool { isAny || ids.contains(id) }

    /// A document that is no YAML, or of no kind.
    mutating func addDocument() {
        isAny = true
        isLacking = true
    }

    /// A policy's document, of which `isRead` tells whether anything came.
    mutating func addPolicy(_ root: YAMLNode, isRead: Bool) {
        if !Self.isListOfNames(root["extends"]) {
            isLacking = true
            lacksNames = true
        }
        guard !isRead else { return }
        isLacking = true
        lacksNames = lacksNames || !["rules", "parameters"].allSatisfy { Self.isList(root[$0]) }
        if let id = try? root["id"]?.string() { ids.insert(id) } else { isAny = true }
    }

    private static func isList(_ node: YAMLNode?) -> Bool {
        guard let node else { return true }
        guard case .sequence = node.content else { return false }
        return true
    }

    private static func isListOfNames(_ node: YAMLNode?) -> Bool {
        guard let node else { return true }
        guard case .sequence(let names) = node.content else { return false }
        return names.allSatisfy { (try? $0.string()) != nil }
    }
}
