/// A case, and what came out otherwise than it wants.
package struct CaseResult: Hashable, Sendable {
    package let wanted: PolicyCase
    /// A line each; empty where all came out as it should.
    package let mistakes: [String]

    package init(_ wanted: PolicyCase, mistakes: [String]) {
        self.wanted = wanted
        self.mistakes = mistakes
    }
}
