internal import Model

/// The base image as a report names it: which, how that is known, and how sure it is.
package struct BaseSummary: Sendable {
    /// What to call it where only a name will do.
    package let name: SafeText
    /// One sentence.
    package let sentence: SafeText

    init(_ base: ImageFacts.Base) {
        let given = (base.name ?? base.digest?.text).map { SafeText.cleaning($0, limit: 200) }
        name = given ?? "the base image"
        sentence = Self.sentence(base, name)
    }

    private static func sentence(_ base: ImageFacts.Base, _ name: SafeText) -> SafeText {
        let bottom: SafeText =
            base.layers == 1 ? "the bottom layer is" : "the bottom \(base.layers, "layer") are"
        switch (base.source, base.ownLayers) {
        case (.given, nil):
            return "\(name) is not to be had for this platform, so no layer counts as inherited."
        case (.given, _) where base.layers == 0:
            return "Not built on \(name): they share no layer, so none counts as inherited."
        case (.given, let own?) where own > base.layers:
            return """
                Shares \(base.layers) of the \(own, "layer") of \(name), by their digests: built on another version of \
                it, or on what that was built on.
                """
        case (.given, _):
            return "Built on \(name): \(bottom) from it, by the digests."
        case (.annotation, _) where base.layers == 0:
            return "Built on \(name), as an annotation says; nothing tells which layers are from it."
        case (.annotation, _):
            return
                "Built on \(name), as an annotation says; that \(bottom) from it is a guess from the history."
        case (.history, _) where base.name != nil:
            return "Built on \(name), as the history notes: \(bottom) from it."
        case (.history, _):
            return "That \(bottom) from a base image is a guess from the history."
        }
    }
}

extension Report {
    /// What to do about a place that the image did not make itself; nil where it did.
    func inheritance(of placement: Placement) -> SafeText? {
        guard placement.origin == .base else { return nil }
        return
            "inherited from \(image.base?.name ?? "the base image"): fix it there, all images on it have it"
    }

    /// The same of a subject, in a sentence.
    func inheritanceSentence(of subject: Subject) -> SafeText? {
        let inherited = subject.placements.compactMap(inheritance)
        guard let first = inherited.first else { return nil }
        return inherited.count == subject.placements.count ? "It is \(first)." : "Some of it is \(first)."
    }
}
