import FoundationEssentials
import Model
import Testing

@Suite struct EvidenceTests {
    private static let digest = Digest(sha256: Array(repeating: 1, count: 32))

    private func place(_ layer: Int, _ path: [UInt8], offset: Int? = nil, within: [String] = []) -> Location {
        Location(
            layer: .init(index: layer, digest: Self.digest, diffID: Self.digest), path: EntryPath(path),
            line: 1,
            column: 2, offset: offset, length: 3, within: within)
    }

    private func finding(_ id: String, _ location: Location) -> Finding {
        Finding(
            id: id, detector: "secrets", rule: "example.token", kind: .serviceCredential,
            title: "Example \"token\"\n",
            severity: .high, confidence: .medium, location: location, createdBy: "RUN x",
            persistence: .deleted,
            removedBy: Removal(index: 2, createdBy: nil), origin: .step,
            fingerprint: Fingerprint(hmac: Array(0..<32)),
            preview: Redacted(publicPrefix: "exa_", length: 24),
            attributes: [
                "keyBits": .number(2048), "encrypted": .flag(false), "expires": .instant(Instant(seconds: 5)),
                "note": .text("x"),
            ])
    }

    private func evidence(_ findings: [Finding], gaps: [Gap] = [], receipts: [Receipt] = []) -> Evidence {
        Evidence(
            image: ImageFacts(
                name: "oci:x", digest: Self.digest, platform: "linux/amd64", created: Instant(seconds: 9),
                configDigest: Self.digest, annotations: ["a": "b"],
                base: .init(name: "debian", digest: nil, layers: 1, source: .annotation)),
            layers: [
                LayerFacts(
                    index: 0, history: nil, digest: Self.digest, size: 4, createdBy: nil, origin: .base,
                    bytesSkipped: [.init(reason: .unsupported, bytes: 4, entries: 0)])
            ],
            findings: findings,
            inventory: [
                InventoryItem(
                    id: "i", detector: "d", type: .user, title: "root", location: Location(config: "User"),
                    persistence: .metadata, origin: .metadata)
            ],
            gaps: gaps, receipts: receipts, fingerprintKey: "01234567")
    }

    private var gaps: [Gap] {
        [
            Gap(layer: nil, reason: .unreadable, detail: "a"),
            Gap(layer: 0, reason: .truncated, bytes: 3, detail: "b"),
            Gap(layer: 0, path: EntryPath([0xff, 0x5c]), reason: .depthLimit, detail: "c"),
            Gap(layer: 1, path: EntryPath("a"), reason: .depthLimit, detail: "c"),
        ]
    }

    private var receipts: [Receipt] {
        ["a", "b"].map {
            Receipt(
                detector: $0, tool: "palimpsest", version: "1", rules: Self.digest, target: Self.digest,
                provides: [.secrets], layers: [.init(index: 0, diffID: Self.digest, bytes: 9)],
                metadata: true,
                outcome: .incomplete, reason: "r")
        }
    }

    @Test("the order of places is metadata, layer, path, what was opened, offset")
    func order() {
        let sorted = [
            Location(config: "Cmd"), Location(config: "Env/A"), Location(config: "Env/A", offset: 3),
            place(0, [0x61]), place(0, [0x61], offset: 1), place(0, [0x61], offset: 0, within: ["x"]),
            place(0, [0x61], offset: 9, within: ["x", "y"]), place(0, [0x61], within: ["y"]),
            place(0, [0x62]),
            place(0, [0xff]), place(1, [0x61]), place(10, [0x61]),
        ]
        #expect(sorted.reversed().sorted() == sorted)
        for (left, right) in zip(sorted, sorted.dropFirst()) { #expect(left < right && !(right < left)) }
    }

    @Test("the same facts are the same evidence in whatever order they were gathered")
    func canonical() {
        let findings = [
            finding("1", Location(config: "Cmd")), finding("2", place(0, [0x61])),
            finding("3", place(0, [0x61])),
        ]
        let one = evidence(findings, gaps: gaps, receipts: receipts)
        let other = evidence(findings.reversed(), gaps: gaps.reversed(), receipts: receipts.reversed())
        #expect(one == other)
        #expect(one.gaps == gaps)
        #expect(one.findings.map(\.id) == ["1", "2", "3"])
    }

    @Test("evidence comes back from JSON as it was, whatever the bytes of a path")
    func codable() throws {
        let evidence = evidence(
            [
                finding(
                    "1", place(3, [0xff, 0x2f, 0x5c, 0xcc, 0x81], offset: 7, within: ["a.jar!/b", "base64"]))
            ], gaps: gaps,
            receipts: receipts)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let data = try encoder.encode(evidence)
        let decoded = try JSONDecoder().decode(Evidence.self, from: data)
        #expect(decoded == evidence)
        #expect(try encoder.encode(decoded) == data)
        #expect(decoded.schemaVersion == "palimpsest.evidence/1")
    }

    @Test("a place is told in one line")
    func summary() {
        #expect(place(0, Array("app/.env".utf8)).summary == "/app/.env:1")
        #expect(place(0, Array("a.jar".utf8), within: ["c.yml"]).summary == "/a.jar › c.yml:1")
        #expect(Location(config: "Env/TOKEN").summary == "Env/TOKEN")
    }

    @Test("the length of a short secret is not told", arguments: [(15, "x_…"), (16, "x_… (16 characters)")])
    func redacted(length: Int, text: String) {
        #expect(Redacted(publicPrefix: "x_", length: length).text == text)
    }
}
