import Model

extension ReportCase {
    /// An agentic service that leaks in all the ways there are.
    static let leakyAgent: ReportCase = {
        let layers = leakyLayers
        let image = ImageFacts(
            name: "oci-archive:build/leaky-agent.tar:1.4.2", digest: Made.digest(1), platform: "linux/amd64",
            created: Instant(seconds: 1_795_000_000), configDigest: Made.digest(2),
            annotations: ["org.opencontainers.image.ref.name": "1.4.2"],
            base: ImageFacts.Base(
                name: "docker.io/library/debian:12-slim", digest: Made.digest(3), layers: 2, source: .given,
                ownLayers: 2)
        )
        let detectors = [
            Made.receipt("credentials", provides: [.secrets], layers: layers, target: image.digest),
            Made.receipt(
                "certificates", provides: [.certificates, .filesystem], layers: layers, target: image.digest),
            Made.receipt("metadata", provides: [.configuration], layers: layers, target: image.digest),
            Made.receipt("components", provides: [.components], layers: layers, target: image.digest),
        ]
        let evidence = Evidence(
            image: image, layers: layers, findings: leakyFindings, inventory: leakyInventory, gaps: [],
            receipts: detectors, fingerprintKey: "5f0c2a91")
        func broken(_ seeds: Int..., subject: FactSubject = .finding) -> Outcome {
            .broken(seeds.map { RuleResult.Violation(subject: subject, id: Made.id($0)) })
        }
        return make(
            "leaky-agent", evidence: evidence,
            outcomes: [
                "secrets.none-in-image": broken(1, 2, 3, 4, 5, 6, 7, 8),
                "secrets.recoverable-after-deletion": broken(1, 3, 6),
                "secrets.long-lived": broken(1, 2, 3, 4, 5),
                "keys.private": broken(9),
                "tls.verification": broken(10),
                "certificates.expired-anchor": broken(20, subject: .inventory),
                "privileges.runs-as-root": broken(22, subject: .inventory),
            ],
            receipts: ["credentials", "certificates", "metadata", "components"])
    }()

    private static let copy = "COPY . /srv/agent # buildkit"
    private static let install =
        "RUN |1 NPM_TOKEN=npm_… /bin/sh -c npm ci --omit=dev && npm cache clean --force # buildkit"

    private static let leakyLayers: [LayerFacts] = [
        Made.layerFacts(
            0, history: 0,
            "/bin/sh -c #(nop) ADD file:4b1be1de1a1e5aa608c688cad2824587262081866180d7368feb79d33ca05953 in / ",
            bytes: 77_824_512, origin: .base, entries: 3311),
        Made.layerFacts(
            1, history: 1,
            "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends ca-certificates nodejs npm && rm -rf /var/lib/apt/lists/* # buildkit",
            bytes: 184_320_000, origin: .base, entries: 9120),
        Made.step(2, "ARG NPM_TOKEN=npm_…"),
        Made.layerFacts(2, history: 3, "WORKDIR /srv/agent", bytes: 1536, origin: .step, entries: 1),
        Made.layerFacts(3, history: 4, copy, bytes: 4_812_800, origin: .context, entries: 214),
        Made.layerFacts(4, history: 5, install, bytes: 61_440_000, origin: .step, entries: 6071),
        Made.step(6, "ENV AGENT_MODEL_KEY=sk-ant-… NODE_TLS_REJECT_UNAUTHORIZED=0"),
        Made.layerFacts(
            5, history: 7, "RUN /bin/sh -c rm -f .env .npmrc && ./configure --env production # buildkit",
            bytes: 12_288, origin: .step, entries: 4),
        Made.layerFacts(
            6, history: 8, "COPY deploy/tools.tar.gz /opt/tools.tar.gz # buildkit", bytes: 2_097_152,
            origin: .context, entries: 1),
        Made.layerFacts(
            7, history: 9, "COPY deploy/config.yaml /srv/agent/config.yaml # buildkit", bytes: 3072,
            origin: .context, entries: 1),
        Made.step(10, "ENTRYPOINT [\"node\" \"/srv/agent/server.js\"]"),
    ]

    private static let leakyFindings: [Finding] = [
        leak(
            1, "cloud.access-key", .cloudCredential, "Cloud access key", .critical, secret: 1,
            preview: "AKIA",
            at: Location(
                layer: Made.layer(3), path: EntryPath("srv/agent/.env"), line: 3, column: 19, offset: 74,
                length: 20),
            by: copy, .deleted, removedBy: 5),
        leak(
            2, "ai.api-key", .aiCredential, "Model provider API key", .high, secret: 2, preview: "sk-ant-",
            at: Location(
                layer: Made.layer(3), path: EntryPath("srv/agent/lib/client.js"), line: 12, column: 22,
                offset: 402, length: 108),
            by: copy, .present),
        leak(
            3, "ai.api-key", .aiCredential, "Model provider API key", .high, secret: 2, preview: "sk-ant-",
            at: Location(
                layer: Made.layer(3), path: EntryPath("srv/agent/.env"), line: 5, column: 15, offset: 131,
                length: 108),
            by: copy, .deleted, removedBy: 5),
        leak(
            4, "ai.api-key", .aiCredential, "Model provider API key", .high, secret: 2, preview: "sk-ant-",
            at: Location(config: "Env/AGENT_MODEL_KEY", offset: 16, length: 108),
            by: "ENV AGENT_MODEL_KEY=sk-ant-… NODE_TLS_REJECT_UNAUTHORIZED=0", .metadata),
        leak(
            5, "npm.token", .packageRegistryCredential, "Package registry token", .high, secret: 3,
            preview: "npm_", at: Location(config: "history/5", offset: 17, length: 40), by: install, .metadata
        ),
        leak(
            6, "npm.token", .packageRegistryCredential, "Package registry token", .high, secret: 3,
            preview: "npm_",
            at: Location(
                layer: Made.layer(4), path: EntryPath("srv/agent/.npmrc"), line: 1, column: 36, offset: 35,
                length: 40),
            by: install, .deleted, removedBy: 5),
        leak(
            7, "database.url", .databaseCredential, "Database password in a URL", .medium, secret: 4,
            preview: "",
            at: Location(
                layer: Made.layer(3), path: EntryPath("srv/agent/config.yaml"), line: 8, column: 30,
                offset: 221, length: 18),
            by: copy, .overwritten, removedBy: 7),
        leak(
            8, "generic.high-entropy", .genericCredential, "Value that looks like a secret", .low, secret: 5,
            preview: "",
            at: Location(
                layer: Made.layer(4), path: EntryPath("root/.npm/_logs/debug-0.log"), line: 44, column: 9,
                offset: 5210, length: 32),
            by: install, .present, confidence: .low),
        leak(
            9, "key.private-pem", .privateKey, "Private key (RSA, 2048 bits)", .critical, secret: 6,
            preview: "",
            at: Location(
                layer: Made.layer(6), path: EntryPath("opt/tools.tar.gz"), line: 1, column: 1, offset: 0,
                length: 1704, within: ["deploy/keys.zip", "id_rsa"]),
            by: "COPY deploy/tools.tar.gz /opt/tools.tar.gz # buildkit", .present,
            attributes: ["algorithm": .text("RSA"), "keyBits": .number(2048), "encrypted": .flag(false)]),
        leak(
            10, "tls.node-reject-unauthorized", .tlsVerificationDisabled, "TLS verification is switched off",
            .high, secret: nil, preview: "",
            at: Location(config: "Env/NODE_TLS_REJECT_UNAUTHORIZED", offset: 0, length: 31),
            by: "ENV AGENT_MODEL_KEY=sk-ant-… NODE_TLS_REJECT_UNAUTHORIZED=0", .metadata),
    ]

    private static let leakyInventory: [InventoryItem] = [
        InventoryItem(
            id: Made.id(20), detector: "certificates", type: .trustAnchor,
            title: "CN=Example Legacy Root CA, O=Example",
            location: Location(
                layer: Made.layer(1), path: EntryPath("usr/local/share/ca-certificates/legacy.crt"), line: 1),
            createdBy:
                "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends ca-certificates nodejs npm && rm -rf /var/lib/apt/lists/* # buildkit",
            persistence: .present, origin: .base,
            attributes: [
                "notBefore": .instant(Instant(seconds: 1_262_304_000)),
                "notAfter": .instant(Instant(seconds: 1_735_689_600)), "isCA": .flag(true),
                "keyBits": .number(2048), "algorithm": .text("RSA"),
            ]),
        InventoryItem(
            id: Made.id(21), detector: "certificates", type: .trustAnchor,
            title: "CN=Example Root CA 2, O=Example",
            location: Location(layer: Made.layer(1), path: EntryPath("etc/ssl/certs/Example_Root_CA_2.pem")),
            persistence: .present, origin: .base, attributes: ["keyBits": .number(4096)]),
        InventoryItem(
            id: Made.id(22), detector: "metadata", type: .runtimeUser, title: "root",
            location: Location(config: "User"), persistence: .metadata, origin: .metadata,
            attributes: ["uid": .number(0), "isRoot": .flag(true)]),
        InventoryItem(
            id: Made.id(23), detector: "metadata", type: .exposedPort, title: "8080/tcp",
            location: Location(config: "ExposedPorts/8080/tcp"), persistence: .metadata, origin: .metadata),
    ]

    private static func leak(
        _ seed: Int, _ rule: String, _ kind: FindingKind, _ title: String, _ severity: Severity, secret: Int?,
        preview: String, at location: Location, by createdBy: String, _ persistence: Persistence,
        removedBy: Int? = nil, confidence: Confidence = .high, attributes: [String: AttributeValue] = [:]
    ) -> Finding {
        let removal = removedBy.flatMap { index in
            leakyLayers.first { $0.index == index }.map { Removal(index: index, createdBy: $0.createdBy) }
        }
        let origin: Origin =
            location.layer == nil ? .metadata : createdBy.hasPrefix("COPY") ? .context : .step
        return Finding(
            id: Made.id(seed), detector: location.layer == nil ? "metadata" : "credentials", rule: rule,
            kind: kind, title: title, severity: severity, confidence: confidence, location: location,
            createdBy: createdBy, persistence: persistence, removedBy: removal, origin: origin,
            fingerprint: secret.map(Made.fingerprint),
            preview: secret.map { _ in Redacted(publicPrefix: preview, length: location.length ?? 0) },
            attributes: attributes)
    }
}
