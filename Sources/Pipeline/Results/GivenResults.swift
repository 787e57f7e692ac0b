import Detection
import Model
import ResultImporting

/// One file of another tool's results, read and free of secrets; not yet bound to an image.
struct GivenResults: Sendable {
    /// The file, as messages name it.
    let place: String
    let digest: Digest
    private(set) var results: ImportedResults
    /// What somebody saw who ran the tool.
    let run: ImportFacts.Run?

    /// Why the tool's word is not the whole of what it could have said; nil where it is.
    let shortfall: String?
    let outcome: Receipt.Outcome
    /// Where the user's own tables are written by which the tool's words were read.
    let readBy: [String]

    /// That the tool tried some of the credentials that it found, and not these; nil where it tried all, or none.
    var untried: String? {
        let count = results.untried
        return count == 0 ? nil : "\(count) of the credentials that it found were not tried"
    }

    /// The same, without what `scanner` recognises of secrets that were found elsewhere.
    func hiding(_ known: KnownSecrets, _ scanner: ImageScanner) -> GivenResults {
        guard !known.isEmpty else { return self }
        var hidden = self
        hidden.results.mask { scanner.mask($0, knowing: known) }
        return hidden
    }

    /// What they are evidence of, or lack: a tool that did not finish may have left out anything that it could tell of.
    var classes: [EvidenceClass] {
        let reach = outcome == .completed ? [] : results.reach
        return results.provides.union(reach).sorted()
    }
}
