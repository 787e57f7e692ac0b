import Model
import ResultImporting

/// One file of another tool's results, read and free of secrets; not yet bound to an image.
struct GivenResults: Sendable {
    /// The file, as messages name it.
    let place: String
    let digest: Digest
    let results: ImportedResults
    /// What somebody saw who ran the tool.
    let run: ImportFacts.Run?

    /// Why the tool's word is not the whole of what it could have said; nil where it is.
    let shortfall: String?
    let outcome: Receipt.Outcome
}
