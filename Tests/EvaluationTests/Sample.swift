import Model

/// Evidence and policy as small as they can be, complete unless a test says otherwise.
enum Sample {
    static let now = Instant(seconds: 1_800_000_000)
    static let all: [EvidenceClass] = [.secrets, .certificates, .configuration, .filesystem]

    static func digest(_ number: Int) -> Digest {
        Digest(sha256: Array(repeating: 0, count: 31) + [UInt8(truncatingIfNeeded: number)])
    }

    static let image = image(digest(200))

    static func image(_ digest: Digest) -> ImageFacts {
        ImageFacts(
            name: "demo", digest: digest, platform: "linux/amd64", created: Instant(seconds: 1_790_000_000),
            configDigest: Self.digest(201))
    }

    static func layer(_ index: Int, size: Int = 10_240) -> LayerFacts {
        LayerFacts(
            index: index, history: index, digest: digest(100 + index), diffID: digest(index), size: size / 2,
            uncompressedSize: size, createdBy: "COPY . /app", origin: .context, entries: 3, bytesScanned: size
        )
    }

    static func receipt(
        _ detector: String = "secrets", provides: [EvidenceClass] = all, layers: [LayerFacts],
        target: Digest = image.digest, metadata: Bool = true, outcome: Receipt.Outcome = .completed,
        reason: String? = nil, alongside: [Receipt.Companion]? = nil
    ) -> Receipt {
        Receipt(
            detector: detector, tool: "palimpsest", version: "0.1.0", rules: nil, target: target,
            provides: provides,
            layers: layers.compactMap { layer in
                guard let index = layer.index, let diffID = layer.diffID else { return nil }
                return Receipt.Coverage(index: index, diffID: diffID, bytes: layer.uncompressedSize)
            },
            metadata: metadata, outcome: outcome, reason: reason, alongside: alongside)
    }

    static func evidence(
        layers: [LayerFacts] = [layer(0), layer(1)], findings: [Finding] = [],
        inventory: [InventoryItem] = [], gaps: [Gap] = [], receipts: [Receipt]? = nil
    ) -> Evidence {
        Evidence(
            image: image, layers: layers, findings: findings, inventory: inventory, gaps: gaps,
            receipts: receipts ?? [receipt(layers: layers)], fingerprintKey: "00000000")
    }

    static func place(_ layer: Int, _ path: String) -> Location {
        Location(
            layer: .init(index: layer, digest: digest(100 + layer), diffID: digest(layer)),
            path: EntryPath(path))
    }

    static func finding(
        _ id: String, kind: FindingKind = .cloudCredential, at location: Location = place(0, "/app/.env"),
        attributes: [String: AttributeValue] = [:]
    ) -> Finding {
        Finding(
            id: id, detector: "secrets", rule: "test.rule", kind: kind, title: "a token", severity: .high,
            confidence: .high, location: location,
            persistence: location.layer == nil ? .metadata : .present, origin: .context,
            attributes: attributes)
    }

    static func item(
        _ id: String, type: InventoryType = .certificate, at location: Location = place(0, "/app/ca.pem"),
        attributes: [String: AttributeValue] = [:]
    ) -> InventoryItem {
        InventoryItem(
            id: id, detector: "certificates", type: type, title: "an item", location: location,
            persistence: .present, origin: .context, attributes: attributes)
    }

    static func test(_ subject: FactSubject, _ name: String, _ test: Matcher.Test) -> Matcher {
        FactField.named(name, of: subject).map { .test($0, test) } ?? .any([])
    }

    static func rule(
        _ id: String = "test.rule", requires: [EvidenceClass] = [.secrets], isOptional: Bool = false,
        detectors: [String] = [], appliesTo: Matcher? = nil,
        each subject: FactSubject = .finding, match: Matcher? = nil, effect: Rule.Effect = .fail,
        controls: [ControlEdge] = []
    ) -> Rule {
        Rule(
            id: id, title: "a rule", rationale: "why", requires: requires, isOptional: isOptional,
            detectors: detectors, appliesTo: appliesTo,
            subject: subject,
            matcher: match ?? test(subject, "kind", .equals(.text("credential.cloud"))), effect: effect,
            severity: .high, remediation: "do it", controls: controls, source: "test.yaml:1")
    }

    static func control(_ id: String, _ reach: Control.Reach) -> Control {
        Control(
            id: id, title: "a control", group: "all", reach: reach, canSay: "something",
            cannotSay: "the rest")
    }

    static func edge(_ control: String, _ relation: ControlEdge.Relation = .direct) -> ControlEdge {
        ControlEdge(framework: "test", control: control, relation: relation, rationale: "why")
    }

    static func policy(_ rules: [Rule], controls: [Control] = []) -> Policy {
        Policy(
            id: "test", title: "a policy", digest: digest(250),
            frameworks: [
                Framework(
                    id: "test", title: "a framework", edition: "1", publisher: "us", source: "here",
                    scored: true, note: nil, groups: [.init(id: "all", title: "all", parent: nil)],
                    controls: controls)
            ],
            rules: rules)
    }
}

extension Evidence {
    /// The same of an image with another digest.
    func of(_ digest: Digest) -> Evidence {
        Evidence(
            image: Sample.image(digest), layers: layers, findings: findings, inventory: inventory, gaps: gaps,
            receipts: receipts.map { receipt in
                Receipt(
                    detector: receipt.detector, tool: receipt.tool, version: receipt.version,
                    rules: receipt.rules, target: digest, provides: receipt.provides, layers: receipt.layers,
                    metadata: receipt.metadata, outcome: receipt.outcome, reason: receipt.reason,
                    alongside: receipt.alongside)
            }, fingerprintKey: fingerprintKey)
    }
}
