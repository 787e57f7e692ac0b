package import Model

/// A layer that leaks into several images of a run: one cause, and so one place to mend it.
package struct SharedLayer: Sendable {
    private static let maximalRules = 6

    package let diffID: Digest
    /// `layer 1b2c3d4e5f60 of the base debian:12`.
    package let place: SafeText
    /// The rules that found secrets in it, each with the number where it is more than one.
    package let secrets: SafeText
    /// The images that have it, by their digests.
    package let images: [Digest]

    /// All of them, the most shared first; an image that occurs twice shares nothing with itself.
    package static func all(in images: [(digest: Digest, leaks: [LayerLeak])]) -> [SharedLayer] {
        let leaks = Dictionary(images.map { ($0.digest, $0.leaks) }) { first, _ in first }
        var holders: [Digest: [(image: Digest, leak: LayerLeak)]] = [:]
        for (image, leaks) in leaks.sorted(by: { $0.key < $1.key }) {
            for leak in leaks { holders[leak.diffID, default: []].append((image, leak)) }
        }
        return holders.filter { $0.value.count > 1 }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .map { SharedLayer(diffID: $0.key, holders: $0.value) }
    }

    private init(diffID: Digest, holders: [(image: Digest, leak: LayerLeak)]) {
        self.diffID = diffID
        images = holders.map(\.image)
        secrets = Self.list(holders[0].leak.secrets)
        let layer: SafeText = "layer \(.cleaning(diffID.short))"
        let bases = Set(holders.map(\.leak.base))
        if let base = bases.first, let base, bases.count == 1 {
            place = "\(layer) of the base \(.cleaning(base, limit: 100))"
        } else if holders.allSatisfy(\.leak.isFromBase) {
            place = "\(layer) of the base"
        } else {
            place = layer
        }
    }

    private static func list(_ secrets: [String: Int]) -> SafeText {
        var list = secrets.sorted { $0.key < $1.key }.map { rule, count -> SafeText in
            let rule = SafeText.cleaning(rule, limit: 80)
            return count == 1 ? rule : "\(rule) (\(count))"
        }
        let more = list.count - maximalRules
        if more > 0 { list[maximalRules...] = ["\(more) more"] }
        return .joined(list, by: ", ")
    }
}
