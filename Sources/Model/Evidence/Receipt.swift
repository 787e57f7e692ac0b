/// Proof that a detector ran: on what, with which rules, how far.
///
/// Without one that covers it, nothing passes.
package struct Receipt: Hashable, Sendable, Codable {
    /// The detector that holds the secrets of a run's images against each other.
    package static let comparison = "palimpsest.comparison"

    /// How the run ended.
    package enum Outcome: String, Codable, Sendable {
        case completed
        /// It ended early or left something out.
        case incomplete
        case failed
    }

    /// One layer as the detector saw it.
    package struct Coverage: Hashable, Sendable, Codable {
        package let index: Int
        package let diffID: Digest
        /// Bytes of the layer's tar stream that the detector was shown.
        package let bytes: Int

        package init(index: Int, diffID: Digest, bytes: Int) {
            self.index = index
            self.diffID = diffID
            self.bytes = bytes
        }
    }

    /// A detector of the same run that reports on some of the same.
    package struct Companion: Hashable, Sendable, Codable {
        /// The detector's id.
        package let detector: String
        /// What both report on.
        package let provides: [EvidenceClass]

        package init(detector: String, provides: [EvidenceClass]) {
            self.detector = detector
            self.provides = provides
        }
    }

    /// The detector's id, as in its findings.
    package let detector: String
    /// The program it belongs to: `palimpsest`, or another tool's name.
    package let tool: String
    package let version: String
    /// A digest of the rules it ran with; nil where it has none.
    package let rules: Digest?
    /// The manifest digest of the image it looked at.
    package let target: Digest
    package let provides: [EvidenceClass]
    package let layers: [Coverage]
    /// Whether it looked at the configuration and the history.
    package let metadata: Bool
    package let outcome: Outcome
    /// Why the outcome is not `completed`.
    package let reason: String?
    /// What was changed about the rules, and what of them could not be used; nil where nothing was.
    package let notes: [String]?
    /// Those without whose receipts this one proves nothing of what they share; nil where there is none.
    ///
    /// Each looks for a part of it, so that without one of them the other's silence says little.
    package let alongside: [Companion]?
    /// What is known of another tool's run from its results; nil for our own detectors.
    package let imported: ImportFacts?

    package init(
        detector: String, tool: String, version: String, rules: Digest?, target: Digest,
        provides: [EvidenceClass],
        layers: [Coverage], metadata: Bool, outcome: Outcome, reason: String? = nil,
        notes: [String]? = nil, alongside: [Companion]? = nil, imported: ImportFacts? = nil
    ) {
        self.detector = detector
        self.tool = tool
        self.version = version
        self.rules = rules
        self.target = target
        self.provides = provides
        self.layers = layers
        self.metadata = metadata
        self.outcome = outcome
        self.reason = reason
        self.notes = notes
        self.alongside = alongside
        self.imported = imported
    }

    /// Whether the detector was shown every byte of `layer`.
    package func saw(_ layer: LayerFacts) -> Bool {
        layers.contains {
            $0.index == layer.index && $0.diffID == layer.diffID && $0.bytes == layer.uncompressedSize
        }
    }
}
