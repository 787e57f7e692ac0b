import BuiltinPolicies
import Model
import PolicyLoading

/// The policy as it is shipped, loaded once.
enum ShippedPolicy {
    static let digest = Digest(sha256: Array(repeating: 0, count: 32))

    static let sources = BuiltinPolicies.files
        .filter { $0.path.hasPrefix("frameworks/") || $0.path.hasPrefix("baseline/") }
        .filter { !$0.path.hasPrefix("baseline/cases/") }
        .map { PolicySource(path: $0.path, bytes: Array($0.text.utf8)) }

    static let loaded = Result { () throws(PolicyDiagnostics) in
        try PolicyLoader.loadPolicy(sources, digest: digest)
    }

    static func policy() throws -> Policy { try loaded.get() }
}
