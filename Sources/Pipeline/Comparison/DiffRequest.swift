package import Model
import Reporting

/// What to compare and how: what was typed, turned into what it means.
package struct DiffRequest: Sendable {
    /// Bundles, documents and folders of reports, the oldest first; at least two.
    package var documents: [String]
    /// Where something is named, all evidence is judged under it; else what was judged stays as it is.
    package var policies: PolicySelection
    /// The file with the public key that must have signed every bundle; nil to check no signer.
    package var key: String?
    package var failing: Set<Change>
    /// One of ``formats``.
    package var format: String
    /// The file for the comparison; nil for standard output.
    package var output: String?
    package var color: Bool
    /// The instant to judge at what is judged now.
    package var asOf: Instant

    /// The forms that a comparison can have, the usual one first.
    package static let formats = DifferenceFormat.allCases.map(\.rawValue)

    package init(
        documents: [String], policies: PolicySelection, key: String?, failing: Set<Change>,
        format: String, output: String?, color: Bool, asOf: Instant
    ) {
        self.documents = documents
        self.policies = policies
        self.key = key
        self.failing = failing
        self.format = format
        self.output = output
        self.color = color
        self.asOf = asOf
    }
}
