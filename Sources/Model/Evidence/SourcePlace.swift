/// A place in a source tree at which the same secret stands.
package struct SourcePlace: Hashable, Sendable, Codable, Comparable {
    /// What git knows of the file.
    package enum State: String, Sendable, Codable, CaseIterable, Comparable {
        /// It is committed, or about to be.
        case tracked
        /// It lies in the work tree, and git leaves it alone: ignored, or not added yet.
        case untracked
        /// It lies in git's own store: what was committed once.
        case history
        /// The tree is no git repository.
        case unversioned

        package static func < (left: State, right: State) -> Bool { left.rawValue < right.rawValue }
    }

    /// From the top of the tree, without a leading slash.
    package let path: String
    /// What was opened inside the file to get there, outermost first.
    package let within: [String]
    /// From 1; nil where lines mean nothing.
    package let line: Int?
    package let state: State

    package init(path: String, within: [String] = [], line: Int?, state: State) {
        self.path = path
        self.within = within
        self.line = line
        self.state = state
    }

    /// `src/config.py:12`, `dist/app.jar › config.yml:3`.
    package var summary: String {
        let steps = ([path] + within).joined(separator: " › ")
        return line.map { "\(steps):\($0)" } ?? steps
    }

    package static func < (left: SourcePlace, right: SourcePlace) -> Bool {
        (left.path, left.line ?? 0, left.state, left.summary)
            < (right.path, right.line ?? 0, right.state, right.summary)
    }
}
