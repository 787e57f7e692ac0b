package import Model

/// One step of the image's history, and the layer it made.
package struct LayerRow: Sendable {
    /// Counts the non-empty layers from 0 at the base; nil for a step that made none.
    package let index: Int?
    package let history: Int?
    package let instruction: SafeText
    package let digest: SafeText?
    package let diffID: SafeText?
    package let size: Int
    package let uncompressedSize: Int
    package let bytesScanned: Int
    package let skipped: [SafeText]
    package let entries: Int
    package let origin: Origin

    init(_ facts: LayerFacts) {
        index = facts.index
        history = facts.history
        instruction = facts.createdBy.map { .cleaning($0, limit: 1200) } ?? Self.substitute(facts)
        digest = facts.digest.map { .cleaning($0.text) }
        diffID = facts.diffID.map { .cleaning($0.text) }
        size = facts.size
        uncompressedSize = facts.uncompressedSize
        bytesScanned = facts.bytesScanned
        skipped = facts.bytesSkipped.map {
            $0.entries == 0
                ? "\(.bytes($0.bytes)): \(.word($0.reason))"
                : "\(.bytes($0.bytes)) in \($0.entries, "entry", plural: "entries"): \(.word($0.reason))"
        }
        entries = facts.entries
        origin = facts.origin
    }

    /// What can be said of a layer whose instruction is not recorded.
    private static func substitute(_ facts: LayerFacts) -> SafeText {
        guard facts.origin == .cache else { return "no instruction recorded" }
        let place: SafeText = facts.parent.map { "upon layer \($0)" } ?? "upon nothing"
        let time: SafeText = facts.created.map { ", made \(.cleaning($0.description))" } ?? ""
        return "layer of a build stage, \(place)\(time); a cache records no instruction"
    }

    /// The step by name: its layer, or that it made none.
    package var name: SafeText { index.map { "Layer \($0)" } ?? "Step" }
}
