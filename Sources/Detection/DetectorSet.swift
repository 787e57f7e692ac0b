internal import Cryptography
package import Model
internal import Patterns

/// All detectors, made ready once and shared by as many scanners as there are tasks.
///
/// Detection works in two stages. One Vectorscan database over all patterns says which of them match a window and
/// roughly where (`PatternDatabase`, `Prefilter`); nearly every window ends there. For the few that do not, PCRE2
/// finds exactly where, captures the secret (`RegularExpression`), and checks judge it (`SecretCheck`).
/// A secret is read in the window it came in, and nothing but its keyed fingerprint and a preview leaves.
package struct DetectorSet: Sendable {
    /// What receipts say of a detector.
    package struct Description: Hashable, Sendable {
        package let id: String
        package let version: String
        /// A digest of its rules; nil where it has none.
        package let rules: Digest?
        package let provides: [EvidenceClass]
        /// What was changed about its rules, and what of them could not be used.
        package let notes: [String]
    }

    /// One for each detector, in the order of receipts.
    package let descriptions: [Description]
    /// Tells which fingerprint key was used.
    package var keyID: String { key.id }
    package let key: FingerprintKey
    /// What was changed about the rules, and what of them could not be used.
    package let notes: [String]
    let detectors: [any Detector]
    private let database: PatternDatabase

    /// Makes the detectors ready to work by `rules`.
    ///
    /// Compiling takes long; with a folder to keep the result in, only the first time. What lies in that folder is
    /// used only if it is this user's own and whole.
    package static func compile(
        _ rules: [DetectorRule], notes: [String] = [], key: FingerprintKey, cache folder: String? = nil
    ) throws(DetectionError) -> DetectorSet {
        try refuseDuplicates(rules)
        let detectors = Detectors.all(rules: rules, key: key)
        let patterns = detectors.flatMap(\.proposals)
        let cache = folder.map { PatternCache(folder: $0, proposing: patterns, confirming: rules) }
        if let database = cache?.load() {
            return DetectorSet(detectors: detectors, database: database, key: key, notes: notes)
        }
        for rule in rules { try ConfirmingRule.check(rule) }
        let database = try PatternDatabase.compile(patterns)
        cache?.store(database)
        return DetectorSet(detectors: detectors, database: database, key: key, notes: notes)
    }

    /// What receipts call a set of rules.
    package static func digest(of rules: [DetectorRule]) -> Digest {
        Digest(sha256: SHA256Hasher.hash(rules.flatMap(RuleText.bytes)))
    }

    /// Gives what scanners left free back to the system, before what comes after them takes memory of its own.
    package static func releaseFreedMemory() { PatternDatabase.releaseFreedMemory() }

    /// A scanner for one task.
    package func makeScanner() throws(DetectionError) -> ImageScanner {
        let patterns = detectors.reduce(0) { $0 + $1.proposals.count }
        return ImageScanner(detectors, prefilter: try Prefilter.make(database, patterns: patterns), key: key)
    }

    private init(detectors: [any Detector], database: PatternDatabase, key: FingerprintKey, notes: [String]) {
        self.detectors = detectors
        self.database = database
        self.key = key
        self.notes = notes
        descriptions = detectors.map {
            Description(
                id: $0.id, version: $0.version, rules: $0.rules, provides: $0.provides,
                notes: $0.rules == nil ? [] : notes)
        }
    }

    private static func refuseDuplicates(_ rules: [DetectorRule]) throws(DetectionError) {
        var seen: [String: String] = [:]
        for rule in rules {
            if let other = seen.updateValue(rule.source, forKey: rule.id) {
                throw DetectionError(
                    code: .rulesDuplicated, place: ConfirmingRule.place(of: rule),
                    reason: "id already used at \(other)")
            }
        }
    }
}
