package import Model

/// A layer that holds secrets: which kinds of them, and never the secrets themselves.
package struct LayerLeak: Hashable, Sendable {
    /// Of the uncompressed layer: the same in every image and form.
    package let diffID: Digest
    /// How many different secrets each rule found.
    package let secrets: [String: Int]
    /// Whether it is from a base, and what that is called, where that is known.
    package let isFromBase: Bool
    package let base: String?

    package init(diffID: Digest, secrets: [String: Int], isFromBase: Bool, base: String?) {
        self.diffID = diffID
        self.secrets = secrets
        self.isFromBase = isFromBase
        self.base = base
    }

    /// Every layer of an image in which a secret was found.
    package static func all(in evidence: Evidence) -> [LayerLeak] {
        var found: [Digest: [String: Set<Fingerprint>]] = [:]
        var inherited: Set<Digest> = []
        for finding in evidence.findings {
            guard let fingerprint = finding.fingerprint, let layer = finding.location.layer else { continue }
            found[layer.diffID, default: [:]][finding.rule, default: []].insert(fingerprint)
            if finding.origin == .base { inherited.insert(layer.diffID) }
        }
        return found.sorted { $0.key < $1.key }.map { diffID, secrets in
            let isFromBase = inherited.contains(diffID)
            return LayerLeak(
                diffID: diffID, secrets: secrets.mapValues(\.count), isFromBase: isFromBase,
                base: isFromBase ? evidence.image.base?.name : nil)
        }
    }
}
