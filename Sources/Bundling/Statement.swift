internal import Model

/// in-toto's Statement about one image: its manifest, configuration and layers, and what came of judging it.
struct Statement: Hashable, Codable {
    static let type = "https://in-toto.io/Statement/v1"
    static let mediaType = "application/vnd.in-toto+json"

    let type: String
    let subject: [ResourceDescriptor]
    let predicateType: String
    let predicate: TestResult

    /// The statement on `image`, which rests on `configuration`.
    init(_ image: BundledImage, configuration: [ResourceDescriptor]) {
        type = Self.type
        subject = Self.subjects(of: image.evidence)
        predicateType = TestResult.type
        predicate = TestResult(image.assessment, configuration: configuration)
    }

    private static func subjects(of evidence: Evidence) -> [ResourceDescriptor] {
        let image = evidence.image
        let layers = evidence.layers.compactMap { layer in
            layer.index.flatMap { index in
                layer.digest.map { ResourceDescriptor(name: "\(image.name)#layer/\(index)", digest: $0) }
            }
        }
        return [
            ResourceDescriptor(
                name: image.name, digest: image.digest, annotations: ["platform": image.platform]),
            ResourceDescriptor(name: "\(image.name)#config", digest: image.configDigest),
        ] + layers
    }

    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case subject, predicateType, predicate
    }
}
