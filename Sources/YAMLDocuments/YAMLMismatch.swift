/// A value that is not of the type a reader wanted.
package struct YAMLMismatch: Error, Hashable, Sendable {
    package let mark: YAMLMark
    /// What was wanted and what is there: `must be true or false, and is text`.
    package let reason: String
    /// What to write instead, where that is clear: `"2.0"`.
    package let remedy: String?

    package init(at mark: YAMLMark, _ reason: String, remedy: String? = nil) {
        self.mark = mark
        self.reason = reason
        self.remedy = remedy
    }
}
