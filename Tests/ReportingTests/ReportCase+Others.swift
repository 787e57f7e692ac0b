import Model

extension ReportCase {
    /// Nothing found, everything seen.
    static let clean: ReportCase = {
        let layers = [
            Made.layerFacts(0, history: 0, "FROM scratch", bytes: 10_240, origin: .base),
            Made.layerFacts(
                1, history: 1, "COPY server /server # buildkit", bytes: 8_000_512, origin: .context),
            Made.step(2, "USER 65532:65532"),
        ]
        let image = facts("oci:build/clean:latest")
        let evidence = Evidence(
            image: image, layers: layers, findings: [], inventory: [], gaps: [],
            receipts: [
                Made.receipt(
                    "credentials",
                    provides: [.secrets, .certificates, .configuration, .filesystem, .components],
                    layers: layers, target: image.digest)
            ], fingerprintKey: "5f0c2a91")
        return make("clean", evidence: evidence, outcomes: [:], receipts: ["credentials"])
    }()

    /// A layer that is missing, an archive that is locked, a detector that gave up.
    static let incomplete: ReportCase = {
        let layers = [
            Made.layerFacts(0, history: 0, "FROM scratch", bytes: 4_096_000, origin: .base),
            Made.layerFacts(1, history: 1, nil, bytes: 0, origin: .unknown, entries: 0),
            Made.layerFacts(
                2, history: 2, "COPY vault.zip /opt/ # buildkit", bytes: 900_000, origin: .context,
                scanned: 650_000,
                skipped: [LayerFacts.Skipped(reason: .encryptedArchive, bytes: 250_000, entries: 1)]),
        ]
        let image = facts("docker-archive:build/incomplete.tar")
        let finding = Finding(
            id: Made.id(50), detector: "credentials", rule: "password.hash", kind: .passwordHash,
            title: "Password hash", severity: .medium, confidence: .high,
            location: Location(
                layer: Made.layer(0), path: EntryPath("etc/shadow"), line: 1, offset: 5, length: 106),
            createdBy: "FROM scratch", persistence: .present, origin: .base,
            fingerprint: Made.fingerprint(50),
            preview: Redacted(publicPrefix: "$6$", length: 106))
        let evidence = Evidence(
            image: image, layers: layers, findings: [finding], inventory: [],
            gaps: [
                Gap(
                    layer: 1, reason: .truncated, detail: "layer sha256:9a1f…: the blob ends after 512 bytes"),
                Gap(
                    layer: 2, path: EntryPath("opt/vault.zip"), reason: .encryptedArchive, bytes: 250_000,
                    detail: "the archive is under a password"),
                Gap(
                    layer: 0, path: EntryPath("usr/share/broken.gz"), reason: .malformedArchive, bytes: 0,
                    detail: "no gzip trailer; its bytes were scanned as stored"),
            ],
            receipts: [
                Made.receipt(
                    "credentials", provides: [.secrets], layers: layers, target: image.digest,
                    outcome: .incomplete, reason: "1 layer could not be read")
            ], fingerprintKey: "5f0c2a91")
        let unknown = Outcome.unknown("layer 1 could not be read, and nobody knows what is in it")
        let missing = Outcome.unknown("no detector that provides this evidence ran")
        return make(
            "incomplete", evidence: evidence,
            outcomes: [
                "secrets.none-in-image": .broken([RuleResult.Violation(subject: .finding, id: Made.id(50))]),
                "secrets.recoverable-after-deletion": unknown, "secrets.long-lived": unknown,
                "keys.private": unknown, "certificates.expired-anchor": missing,
                "inventory.components-known": missing, "privileges.runs-as-root": missing,
                "tls.verification": missing,
            ], receipts: ["credentials"])
    }()

    /// Everything that an image or another tool names, named to do harm.
    static let hostile: ReportCase = {
        let harm = Hostile.all.joined(separator: " ")
        let layers = [
            Made.layerFacts(0, history: 0, harm, bytes: 10_240, origin: .base),
            Made.layerFacts(1, history: 1, "::error::layer\n::set-env name=A::b", bytes: 2048, origin: .step),
        ]
        let image = ImageFacts(
            name: "oci:\(Hostile.markup)", digest: Made.digest(41), platform: Hostile.escapes,
            created: ReportCase.asOf, configDigest: Made.digest(42),
            annotations: [Hostile.markup: Hostile.escapes, "\u{1f511}": "key", "\u{ff5e}": "wave"])
        let findings = Hostile.all.enumerated().map { position, text in
            Finding(
                id: Made.id(60 + position), detector: "credentials", rule: "hostile.\(position)",
                kind: .genericCredential, title: text, severity: .high, confidence: .medium,
                location: Location(
                    layer: Made.layer(position % 2), path: EntryPath(text + "\u{0}"), line: 1, offset: 0,
                    length: 9, within: [text]),
                createdBy: text, persistence: position.isMultiple(of: 2) ? .present : .deleted,
                removedBy: position.isMultiple(of: 2) ? nil : Removal(index: 1, createdBy: text),
                origin: .context, fingerprint: Made.fingerprint(60 + position), preview: Redacted(length: 9),
                attributes: [text: .text(text)])
        }
        let item = InventoryItem(
            id: Made.id(90), detector: harm, type: .user, title: harm,
            location: Location(layer: Made.layer(0), path: EntryPath([0xff, 0xfe, 0x2f, 0x1b, 0x5b, 0x41])),
            persistence: .present, origin: .base, attributes: ["comment": .text(harm)])
        let evidence = Evidence(
            image: image, layers: layers, findings: findings, inventory: [item],
            gaps: [Gap(layer: 0, path: EntryPath(harm), reason: .depthLimit, bytes: 9, detail: harm)],
            receipts: [
                Made.receipt(harm, provides: [.secrets], layers: layers, target: image.digest)
            ], fingerprintKey: "5f0c2a91")
        let all = findings.map { RuleResult.Violation(subject: .finding, id: $0.id) }
        return make(
            "hostile", evidence: evidence,
            outcomes: [
                "secrets.none-in-image": .broken(all), "keys.private": .unknown(harm),
                "privileges.runs-as-root": .broken([
                    RuleResult.Violation(subject: .inventory, id: Made.id(90)),
                    RuleResult.Violation(subject: .image, id: image.digest.text),
                ]),
            ], receipts: [harm])
    }()

    private static func facts(_ name: String) -> ImageFacts {
        ImageFacts(
            name: name, digest: Made.digest(31), platform: "linux/arm64", created: nil,
            configDigest: Made.digest(32))
    }
}

/// Text as somebody would write it who wants to harm the reader of a report.
enum Hostile {
    static let markup = "</title></code><script>alert(1)</script><img src=x onerror=alert(1)>\"' onload='x"
    static let quoted = "\"\u{301} autofocus onfocus=alert(1) x='\u{600}<svg/onload=alert(1)>"
    static let escapes = "\u{1b}[31mred\u{1b}]8;;https://evil.example\u{7}link\u{9b}2J\u{0}\u{7f}\u{fffe}"
    static let invisible = "safe\u{202e}txt.exe\u{2066}\u{200b}\u{feff}\u{e0041}\u{3164}end"
    static let lines =
        "first\n::error file=a::b\r\n##[error]x ##vso[task.setvariable variable=a]b\u{2028}z\tq"
    static let markdown =
        "|a|b| `code` **bold** [x](javascript:alert(1)) ![b](https://evil.example/p.png) @everyone #1 <b> \\| ```"
    static let mustache = "{{image}} {{{styleSheet}}} {{> report}} {{#rules}}"
    static let xml = "]]> <!DOCTYPE a [<!ENTITY e 'x'>]> &e; &#0; <![CDATA["
    static let marks = "a" + String(repeating: "\u{335}\u{327}", count: 40)
    static let long = String(repeating: "deep/", count: 2000) + "end"

    static let all = [
        markup, quoted, escapes, invisible, lines, markdown, mustache, xml, marks, long,
    ]
}
