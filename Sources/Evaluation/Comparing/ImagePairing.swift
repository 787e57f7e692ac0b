internal import Model

/// Which image of one audit is which of another.
///
/// By name and platform first; then by what the name is without tag and digest, which changes from build to build; and
/// the only one is the only one, whatever it is called.
package enum ImagePairing {
    /// Several images of one audit that could be the same one of another.
    package struct Ambiguity: Error, Hashable {
        package let name: String
        package let platform: String
    }

    package struct Pair: Sendable {
        package let before: AuditedImage?
        package let after: AuditedImage?
    }

    private struct Key: Hashable, Comparable {
        let name: String
        let platform: String
        let kind: ImageFacts.Kind

        init(whole image: ImageFacts) {
            name = image.name
            platform = image.platform
            kind = image.kind
        }

        init(plain image: ImageFacts) {
            name = image.slug
            platform = image.platform
            kind = image.kind
        }

        static func < (left: Key, right: Key) -> Bool {
            (left.name, left.platform, left.kind.rawValue) < (right.name, right.platform, right.kind.rawValue)
        }
    }

    /// Every image of both, paired where it has a partner, in the order of names and platforms.
    package static func pairs(
        _ before: [AuditedImage], _ after: [AuditedImage]
    ) throws(Ambiguity) -> [Pair] {
        if before.count == 1, after.count == 1 { return [Pair(before: before[0], after: after[0])] }
        var pairs: [Pair] = []
        var (old, new) = (before, after)
        for key in [Key.init(whole:), Key.init(plain:)] {
            let theirs = Dictionary(grouping: old) { key($0.image) }
            let own = Dictionary(grouping: new) { key($0.image) }
            var paired: Set<Key> = []
            for (name, group) in own.sorted(by: { $0.key < $1.key }) {
                guard let others = theirs[name] else { continue }
                guard group.count == 1, others.count == 1 else {
                    throw Ambiguity(name: name.name, platform: name.platform)
                }
                pairs.append(Pair(before: others[0], after: group[0]))
                paired.insert(name)
            }
            old.removeAll { paired.contains(key($0.image)) }
            new.removeAll { paired.contains(key($0.image)) }
        }
        pairs += old.map { Pair(before: $0, after: nil) } + new.map { Pair(before: nil, after: $0) }
        return pairs.sorted { $0.order.lexicographicallyPrecedes($1.order) }
    }
}

extension ImagePairing.Pair {
    fileprivate var order: [String] {
        let image = after?.image ?? before?.image
        let texts = [image?.name, image?.platform, image?.digest.text, after == nil ? "before" : "after"]
        return texts.map { $0 ?? "" }
    }
}
