/// Everything that is wrong with the documents of one load; never empty, in the order of files and lines.
package struct PolicyDiagnostics: Error, Hashable, Sendable, CustomStringConvertible {
    package let list: [Diagnostic]

    /// The diagnostics in order; nil where there are none.
    init?(_ diagnostics: [Diagnostic]) {
        guard !diagnostics.isEmpty else { return nil }
        list = diagnostics.sorted()
    }

    init(_ only: Diagnostic) { list = [only] }

    /// More than these nobody reads in one go.
    private static let mostShown = 200

    /// As people read them, and how many there are.
    package var description: String {
        let count = list.count == 1 ? "1 error" : "\(list.count) errors"
        let shown = list.prefix(Self.mostShown).map(\.description)
        let rest = list.count > shown.count ? ", of which these are the first \(shown.count)" : ""
        return (shown + [count + rest]).joined(separator: "\n")
    }
}
