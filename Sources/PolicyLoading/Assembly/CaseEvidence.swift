import Model

/// Evidence from the few facts that a case names; the rest is complete and unremarkable.
struct CaseEvidence {
    /// What the detectors were shown.
    enum Receipts: String, CaseIterable {
        case complete, none
        /// The last layer was not seen.
        case partial
    }

    var name = "case"
    var platform = "linux/amd64"
    /// Nil for ten days before it is judged.
    var created: Instant?
    /// Whether the image does not say when it was made.
    var isUndated = false
    var layers = 2
    var receipts = Receipts.complete
    var findings: [Finding] = []
    var inventory: [InventoryItem] = []
    var gaps: [Gap] = []
    /// The registry that it was read from; empty for none.
    var registry = ""
    var labels: [String: String] = [:]
    /// Whether the base was looked at, so that the layers from it are known; what the case says to be from it always is.
    var isBased = true
    /// The environment that the image is for.
    var environment: String?
    var hasBaseline = false
    /// The other images of the run.
    var others: [ComparedImage] = []
    /// Whether a receipt says that they were compared.
    var isCompared = true
    /// What another tool's results are on; none where there is none.
    var reports: [EvidenceClass] = []
    /// Whether those results are whole.
    var reportsEnd = true
    /// How many components and signatures they list.
    var components: Int?
    var signatures: Int?

    private static let provided: [EvidenceClass] = [.secrets, .certificates, .configuration, .filesystem]

    func evidence(asOf: Instant) -> Evidence {
        let layers = (0..<layers).map(Self.layer)
        var image = ImageFacts(
            name: name, digest: Self.digest(200), platform: platform,
            created: isUndated ? nil : created ?? asOf.adding(days: -10), configDigest: Self.digest(201))
        image.environment = environment
        if isBased {
            image.base = ImageFacts.Base(
                name: "base", digest: Self.digest(205), layers: 0, source: .given, ownLayers: 1)
        }
        image.registry = registry
        image.labels = labels
        return Evidence(
            image: image, layers: layers, findings: findings, inventory: inventory, gaps: gaps,
            receipts: Self.receipts(receipts, layers) + [comparison, otherTool].compactMap(\.self),
            fingerprintKey: "00000000", comparedWith: others.isEmpty ? nil : others,
            baseline: hasBaseline
                ? BaselineFacts(name: name, digest: Self.digest(203), evidence: Self.digest(204)) : nil)
    }

    /// The image of the run at `position` of the others.
    static func other(_ name: String, environment: String?, at position: Int) -> ComparedImage {
        ComparedImage(name: name, digest: digest(150 + position), environment: environment)
    }

    private var comparison: Receipt? {
        guard isCompared, !others.isEmpty else { return nil }
        let isNamed = environment != nil && others.allSatisfy { $0.environment != nil }
        return Receipt(
            detector: "comparison", tool: "palimpsest", version: "0.1.0", rules: nil,
            target: Self.digest(200),
            provides: isNamed ? [.comparison, .environments] : [.comparison], layers: [], metadata: false,
            outcome: .completed)
    }

    private var otherTool: Receipt? {
        guard !reports.isEmpty else { return nil }
        var facts = ImportFacts(format: "findings", digest: Self.digest(202), binding: .digest)
        facts.components = components
        facts.signatures = signatures
        return Receipt(
            detector: "scanner", tool: "scanner", version: "1", rules: nil, target: Self.digest(200),
            provides: reports, layers: [], metadata: false, outcome: reportsEnd ? .completed : .failed,
            imported: facts)
    }

    /// A layer as findings name it.
    static func reference(_ index: Int) -> Location.LayerReference {
        Location.LayerReference(index: index, digest: digest(100 + index), diffID: digest(index))
    }

    private static func digest(_ number: Int) -> Digest {
        Digest(
            sha256: Array(repeating: 0, count: 30) + [UInt8(truncatingIfNeeded: number >> 8)]
                + [UInt8(truncatingIfNeeded: number)])
    }

    private static func layer(_ index: Int) -> LayerFacts {
        LayerFacts(
            index: index, history: index, digest: digest(100 + index), diffID: digest(index), size: 5120,
            uncompressedSize: 10_240, createdBy: "COPY . /", origin: .context, entries: 3,
            bytesScanned: 10_240)
    }

    private static func receipts(_ receipts: Receipts, _ layers: [LayerFacts]) -> [Receipt] {
        guard receipts != .none else { return [] }
        let seen = receipts == .complete ? layers[...] : layers.dropLast()
        return provided.map { provided in
            Receipt(
                detector: provided.rawValue, tool: "palimpsest", version: "0.1.0", rules: nil,
                target: digest(200), provides: [provided],
                layers: seen.compactMap { layer in
                    guard let index = layer.index, let diffID = layer.diffID else { return nil }
                    return Receipt.Coverage(index: index, diffID: diffID, bytes: layer.uncompressedSize)
                },
                metadata: true, outcome: .completed)
        }
    }
}
