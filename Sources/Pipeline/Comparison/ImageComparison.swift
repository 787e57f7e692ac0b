import Model

/// Holds the secrets of the images of one run against each other, by their fingerprints.
///
/// Platforms of one image are one image here, and so are names of one digest; but what is known to be for another
/// environment is another image. What comes out for an image does not depend on the order in which they were given.
enum ImageComparison {
    /// The evidence of each image with the others that share its secrets; `unread` images could not be looked at.
    static func noted(in all: [Evidence], unread: Int) -> [Evidence] {
        guard all.count + unread > 1 else { return all }
        var holders: [Fingerprint: [Int]] = [:]
        for (index, evidence) in all.enumerated() {
            for fingerprint in Set(evidence.findings.compactMap(\.fingerprint)) {
                holders[fingerprint, default: []].append(index)
            }
        }
        return all.map { evidence in
            let others = all.indices.filter { isOther(all[$0].image, than: evidence.image) }
            // Platforms and names of one image are no several images.
            guard !others.isEmpty || unread > 0 else { return evidence }
            var noted = evidence
            noted.comparedWith = images(others.map { all[$0].image }, besides: evidence.image.name)
            // One secret may have thousands of placements.
            var sharing: [Fingerprint: [ComparedImage]] = [:]
            for index in noted.findings.indices {
                guard let fingerprint = noted.findings[index].fingerprint else { continue }
                let images =
                    sharing[fingerprint]
                    ?? images(
                        holders[fingerprint, default: []].map { all[$0].image }
                            .filter { isOther($0, than: evidence.image) })
                sharing[fingerprint] = images
                if !images.isEmpty { noted.findings[index].sharedWith = images }
                noted.findings[index].attributes["sharedEnvironments"] =
                    otherEnvironments(of: images, than: evidence.image.environment).map(AttributeValue.number)
            }
            noted.add(receipt(for: evidence.image, others.map { all[$0] }, unread: unread))
            return noted
        }
    }

    private static func isOther(_ image: ImageFacts, than own: ImageFacts) -> Bool {
        if let environment = image.environment, let ownEnvironment = own.environment,
            environment != ownEnvironment
        {
            return true
        }
        return image.name != own.name && image.digest != own.digest
    }

    private struct Identity: Hashable {
        let digest: Digest
        let environment: String?
    }

    /// In order, one for each digest and environment, and every other name of it that is like `name`.
    ///
    /// An image is told from what is called like it, whichever name of that comes first.
    private static func images(_ facts: [ImageFacts], besides name: String? = nil) -> [ComparedImage] {
        var seen: Set<Identity> = []
        var images: Set<ComparedImage> = []
        return facts.map { ComparedImage(name: $0.name, digest: $0.digest, environment: $0.environment) }
            .sorted()
            .filter { image in
                let isNew = images.insert(image).inserted
                if seen.insert(Identity(digest: image.digest, environment: image.environment)).inserted {
                    return true
                }
                return isNew && name.map { ImageFacts.isAlike($0, image.name) } ?? false
            }
    }

    /// How many environments but its own hold a secret; nil where that cannot be told for want of names.
    private static func otherEnvironments(of images: [ComparedImage], than own: String?) -> Int? {
        guard let own else { return nil }
        let others = Set(images.compactMap(\.environment)).subtracting([own]).count
        return others > 0 || images.allSatisfy { $0.environment != nil } ? others : nil
    }

    private static func receipt(for image: ImageFacts, _ others: [Evidence], unread: Int) -> Receipt {
        var reasons: [String] = []
        if unread > 0 { reasons.append("\(unread) of the images of the run could not be read") }
        let partial = others.filter { !isSearched($0) }
        if !partial.isEmpty {
            let names = Set(partial.map(\.image.name)).sorted().prefix(3).joined(separator: ", ")
            reasons.append("not all of \(names) was looked at")
        }
        let isNamed = image.environment != nil && others.allSatisfy { $0.image.environment != nil }
        return Receipt(
            detector: Receipt.comparison, tool: Product.name, version: Product.version, rules: nil,
            target: image.digest, provides: isNamed ? [.comparison, .environments] : [.comparison],
            layers: [], metadata: false, outcome: reasons.isEmpty ? .completed : .incomplete,
            reason: reasons.isEmpty ? nil : reasons.joined(separator: "; "))
    }

    /// Whether our own detectors looked for secrets in all of it: another tool's word names no fingerprint to compare.
    private static func isSearched(_ evidence: Evidence) -> Bool {
        let own = evidence.receipts.filter { $0.imported == nil && $0.provides.contains(.secrets) }
        return !own.isEmpty && own.allSatisfy { $0.outcome == .completed }
    }
}
