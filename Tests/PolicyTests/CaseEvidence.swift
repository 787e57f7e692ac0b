import Model

/// Evidence from the few fields that a case names; the rest is complete and unremarkable.
///
/// ```yaml
/// evidence:
///   layers: 3                       # otherwise 2
///   created: 2026-11-01             # or `none`
///   receipts: complete              # or `none`, or `partial`: the last layer was not seen
///   findings:  [{kind: credential.cloud, path: /app/.env, persistence: deleted}]
///   inventory: [{type: runtime-user, config: User, isRoot: true}]
///   environment: production
///   others: [{name: billing, environment: staging}]   # the run's other images; `sharedWith` of a finding names them
///   comparison: complete            # or `none`: no receipt says that they were compared
///   gaps:      [{layer: 1, reason: digest-mismatch}]
///   reports:   [vulnerabilities]    # what another tool's results are on; reportsEnd: false: they were cut off
///   components: 214                 # that they list; signatures likewise
/// ```
struct CaseEvidence {
    let evidence: Evidence

    private enum Receipts: String { case complete, none, partial }

    /// Keys that say where something is and how it got there, and so are no attributes.
    private static let placing: Set<String> = [
        "path", "config", "layer", "persistence", "origin", "title", "createdBy", "detector", "sharedWith",
    ]

    init(_ reader: CaseReader?) throws {
        try reader?.allow(
            "layers", "created", "receipts", "findings", "inventory", "gaps", "environment", "others",
            "comparison", "reports", "reportsEnd", "components", "signatures")
        let created = try reader?["created"].map { try $0.text() == "none" ? nil : try $0.instant() }
        let count = try reader?["layers"]?.number() ?? 2
        let layers = (0..<count).map(Self.layer)
        let receipts: Receipts = try reader?["receipts"]?.value() ?? .complete
        var image = ImageFacts(
            name: "case", digest: Self.digest(200), platform: "linux/amd64",
            created: created ?? PolicyCase.asOf.adding(days: -10), configDigest: Self.digest(201))
        image.environment = try reader?.text("environment")
        let others = try reader?.list("others").enumerated().map(Self.other) ?? []
        var receiptList = Self.receipts(receipts, layers)
        if try reader?.text("comparison") != "none", !others.isEmpty {
            receiptList.append(Self.comparison(of: image, with: others))
        }
        evidence = Evidence(
            image: image,
            layers: layers,
            findings: try reader?.list("findings").enumerated().map {
                try Self.finding($0, $1, others, own: image.environment)
            } ?? [],
            inventory: try reader?.list("inventory").enumerated().map(Self.item) ?? [],
            gaps: try reader?.list("gaps").map(Self.gap) ?? [],
            receipts: receiptList + (try reader.flatMap(Self.otherTool).map { [$0] } ?? []),
            fingerprintKey: "00000000", comparedWith: others.isEmpty ? nil : others)
    }

    private static func digest(_ number: Int) -> Digest {
        Digest(sha256: Array(repeating: 0, count: 31) + [UInt8(truncatingIfNeeded: number)])
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
        return [EvidenceClass.secrets, .certificates, .configuration, .filesystem].map { provided in
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

    private static func otherTool(_ reader: CaseReader) throws -> Receipt? {
        let provides: [EvidenceClass] = try reader.list("reports").map { try $0.value() }
        guard !provides.isEmpty else { return nil }
        var facts = ImportFacts(format: "findings", digest: digest(202), binding: .digest)
        facts.components = try reader["components"]?.number()
        facts.signatures = try reader["signatures"]?.number()
        let isWhole = try reader.text("reportsEnd") != "false"
        return Receipt(
            detector: "scanner", tool: "scanner", version: "1", rules: nil, target: digest(200),
            provides: provides,
            layers: [], metadata: false, outcome: isWhole ? .completed : .failed, imported: facts)
    }

    /// What another tool says of a finding; nil where only our own detectors report it.
    private static func witnesses(_ reader: CaseReader, _ kind: FindingKind) throws -> [Witness]? {
        let keys = ["rated", "verified", "suppressed"].filter { reader[$0] != nil }
        guard !keys.isEmpty else { return nil }
        let isRated = try reader.text("rated") != "false"
        return [
            Witness(
                detector: "scanner", rule: "rule", kind: kind,
                severity: isRated ? try reader["severity"]?.value() ?? .high : nil,
                verified: try reader.text("verified").map { $0 == "true" },
                suppressed: try reader.text("suppressed") == "true" ? "ignored" : nil)
        ]
    }

    private static func other(_ index: Int, _ reader: CaseReader) throws -> ComparedImage {
        try reader.allow("name", "environment")
        return ComparedImage(
            name: try reader.required("name").text(), digest: digest(150 + index),
            environment: try reader.text("environment"))
    }

    private static func comparison(of image: ImageFacts, with others: [ComparedImage]) -> Receipt {
        let isNamed = image.environment != nil && others.allSatisfy { $0.environment != nil }
        return Receipt(
            detector: "comparison", tool: "palimpsest", version: "0.1.0", rules: nil, target: image.digest,
            provides: isNamed ? [.comparison, .environments] : [.comparison], layers: [], metadata: false,
            outcome: .completed)
    }

    private static func finding(
        _ index: Int, _ reader: CaseReader, _ others: [ComparedImage], own: String?
    ) throws -> Finding {
        let names = try reader.list("sharedWith").map { try $0.text() }
        let sharing = others.filter { names.contains($0.name) }
        let location = try location(reader)
        let kind: FindingKind = try reader.required("kind").value()
        var finding = Finding(
            id: "finding-\(index)", detector: "secrets", rule: try reader.text("rule") ?? "case.rule",
            kind: kind,
            title: try reader.text("title") ?? kind.rawValue,
            severity: try reader["severity"]?.value() ?? .high,
            confidence: try reader["confidence"]?.value() ?? .high, location: location,
            persistence: try persistence(reader, location), origin: try reader["origin"]?.value() ?? .context,
            attributes: try reader.attributes(
                of: .finding,
                except: placing.union([
                    "kind", "rule", "severity", "confidence", "rated", "verified", "suppressed",
                ])), witnesses: try witnesses(reader, kind))
        finding.sharedWith = sharing.isEmpty ? nil : sharing
        let environments = Set(sharing.compactMap(\.environment)).subtracting([own].compactMap(\.self))
        if own != nil, !environments.isEmpty || sharing.allSatisfy({ $0.environment != nil }) {
            finding.attributes["sharedEnvironments"] = .number(environments.count)
        }
        return finding
    }

    private static func item(_ index: Int, _ reader: CaseReader) throws -> InventoryItem {
        let location = try location(reader)
        let type: InventoryType = try reader.required("type").value()
        return InventoryItem(
            id: "item-\(index)", detector: "inventory", type: type,
            title: try reader.text("title") ?? type.rawValue, location: location,
            persistence: try persistence(reader, location), origin: try reader["origin"]?.value() ?? .context,
            attributes: try reader.attributes(of: .inventory, except: placing.union(["type"])))
    }

    private static func location(_ reader: CaseReader) throws -> Location {
        if let config = try reader.text("config") { return Location(config: config) }
        let index = try reader["layer"]?.number() ?? 0
        return Location(
            layer: .init(index: index, digest: digest(100 + index), diffID: digest(index)),
            path: EntryPath(try reader.required("path").text()))
    }

    private static func persistence(_ reader: CaseReader, _ location: Location) throws -> Persistence {
        try reader["persistence"]?.value() ?? (location.layer == nil ? .metadata : .present)
    }

    private static func gap(_ reader: CaseReader) throws -> Gap {
        try reader.allow("layer", "path", "reason")
        return Gap(
            layer: try reader["layer"]?.number(), path: try reader.text("path").map { EntryPath($0) },
            reason: try reader.required("reason").value(), detail: "as the case has it")
    }
}
