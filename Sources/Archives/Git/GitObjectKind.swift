/// What an object of a Git repository is.
package enum GitObjectKind: String, Sendable, CaseIterable {
    case commit, tree, blob, tag
}
