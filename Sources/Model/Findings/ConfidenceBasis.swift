/// What a detector goes by when it takes something for a finding: the one table of reasons for its confidence.
package enum ConfidenceBasis: String, Codable, Sendable, CaseIterable {
    /// A checksum in the secret itself is right.
    case checksum
    /// It was parsed, and is what it seems to be.
    case structure
    /// It begins as its issuer's tokens do.
    case prefix
    /// It has a form that its issuer documents.
    case format
    /// It stands in a file whose purpose is to hold such a thing.
    case file
    /// It stands in a field of the metadata that such a thing is put in.
    case field
    /// It is what something of a telling name is set to.
    case name
    /// It is as random as a generated secret.
    case randomness
    /// Nothing but the name it is set to.
    case nameAlone
    /// A rule of another tool's form, which says no more than that it matches.
    case foreignRule

    /// As an auditor reads it.
    package var clause: String {
        switch self {
        case .checksum: "its checksum is verified"
        case .structure: "it was parsed and has the structure"
        case .prefix: "it begins as its issuer's tokens do"
        case .format: "it has the documented form"
        case .file: "it stands where a file of this kind has its credentials"
        case .field: "it stands in a metadata field of this purpose"
        case .name: "a name for secrets is set to it"
        case .randomness: "it is as random as a generated secret"
        case .nameAlone: "only the name that is set to it says so"
        case .foreignRule: "it matches a rule that says no more of it"
        }
    }

    /// All reasons in a line; nil where there is none.
    package static func reason(_ bases: [ConfidenceBasis]) -> String? {
        bases.isEmpty ? nil : bases.map(\.clause).joined(separator: "; ")
    }
}
