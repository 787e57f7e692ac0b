package import Model

/// What one file of another tool's results says, free of secrets, and not yet bound to an image.
package struct ImportedResults: Sendable {
    /// Something in it that could not be understood.
    package struct Fault: Hashable, Sendable {
        package let reason: GapReason
        package let detail: String
    }

    /// The importer that read it.
    package let format: String
    /// The format that the file looks like, where that is another than it is said to be of.
    package var likeness: String?
    package var tool: String
    package var version: String?
    /// Of when its database of vulnerabilities is.
    package var database: String?
    package var target = ImportedTarget()
    /// What it looked for, as far as the results show that.
    package var provides: Set<EvidenceClass> = []
    /// Everything that such results may tell of, and so may lack where some of them could not be understood.
    package let reach: Set<EvidenceClass>
    package var findings: [ImportedFinding] = []
    package var items: [ImportedItem] = []
    package var passes: [ImportedPass] = []
    /// How many records became a finding, or would have if there had been room for it.
    package var records = 0
    /// Nil where it lists none.
    package var components: Int?
    package var signatures: Int?
    /// How many credentials the tool did not try, where it tried others.
    package var untried = 0
    /// Whether the file holds nothing at all, as it does where some tools find nothing, and where any crashes.
    package var isBlank = false
    /// What the tool says that it left out.
    package var skipped: [String] = []
    /// What the tool says went wrong.
    package var troubles: [String] = []
    package var faults: [Fault] = []
    /// Why the file could not be read to its end; nil where it was.
    package var failure: ImportError?
}
