internal import Model

/// Something that understands what one tool writes.
///
/// To add one: a file in `Importers/` and a line in ``Importers/all``, and a mapping of its rules to our kinds in
/// `Policies/importers/`.
protocol Importer: Sendable {
    /// As `--results FORMAT:FILE` has it.
    var id: String { get }
    /// What it reads, for `results list` and messages.
    var title: String { get }
    /// Everything that it may tell of: what is missing where some of it cannot be understood.
    var reach: Set<EvidenceClass> { get }
    /// Whether a file that begins like this is one of the tool's.
    func recognises(_ sketch: ContentSketch) -> Bool
    /// Reads everything.
    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError)
}
