import Model
import Reporting

/// A layer that holds secrets: which kinds of them, and never the secrets themselves.
struct LayerLeak: Hashable, Sendable {
    /// Of the uncompressed layer: the same in every image and form.
    let diffID: Digest
    /// How many different secrets each rule found.
    let secrets: [String: Int]
    /// Whether it is from a base, and what that is called, where that is known.
    let isFromBase: Bool
    let base: String?

    /// Every layer of an image in which a secret was found.
    static func all(in evidence: Evidence) -> [LayerLeak] {
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

extension AuditResult {
    private static let maximalLines = 20
    private static let maximalRules = 6

    /// For each leaking layer that several images of the run have, a line: one cause, and so one place to mend it.
    package var sharedLeaks: [String] {
        let images = Dictionary(outcomes.map { ($0.image.digest, $0.leaks) }) { first, _ in first }
        let shared = Dictionary(grouping: images.values.joined(), by: \.diffID).values.filter { $0.count > 1 }
        let ordered = shared.sorted { ($1.count, $0[0].diffID) < ($0.count, $1[0].diffID) }
        let lines = ordered.prefix(Self.maximalLines).map { Self.line($0, of: images.count) }
        let missing = ordered.count - lines.count
        return missing == 0
            ? lines : lines + ["SHARED  and \(missing) more layers that leak in several images"]
    }

    private static func line(_ leaks: [LayerLeak], of images: Int) -> String {
        var secrets = leaks[0].secrets.sorted { $0.key < $1.key }.map { rule, count -> SafeText in
            let rule = SafeText.cleaning(rule, limit: 80)
            return count == 1 ? rule : "\(rule) (\(count))"
        }
        let more = secrets.count - maximalRules
        if more > 0 { secrets[maximalRules...] = ["\(more) more"] }
        var place: SafeText = "layer \(.cleaning(leaks[0].diffID.short))"
        let bases = Set(leaks.map(\.base))
        if let base = bases.first, let base, bases.count == 1 {
            place = "\(place) of the base \(.cleaning(base, limit: 100))"
        } else if leaks.allSatisfy(\.isFromBase) {
            place = "\(place) of the base"
        }
        let text: SafeText =
            "SHARED  \(place) leaks into \(leaks.count) of \(images, "image"): \(.joined(secrets, by: ", "))"
        return text.text
    }
}
