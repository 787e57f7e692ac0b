import Model
import Testing

@testable import Evaluation

@Suite("Evidence held against policy")
struct EvaluatorTests {
    private func result(_ evidence: Evidence, _ rule: Rule = Sample.rule()) throws -> RuleResult {
        let assessment = Evaluator.assess(evidence, against: Sample.policy([rule]), asOf: Sample.now)
        return try #require(assessment.rules.first)
    }

    @Test("a pass names what it rests on")
    func pass() throws {
        let result = try result(Sample.evidence())
        #expect(result.status == .pass)
        #expect(result.receipts == ["secrets"])
        #expect(
            result.reason
                == "nothing found that breaks it; secrets looked for in 2 layers (20 kB) and the metadata by palimpsest 0.1.0"
        )
    }

    @Test("fields that look alike are asked one by one")
    func spelling() throws {
        let names = ["Env/caf\u{e9}", "Env/cafe\u{301}"]
        let findings = names.enumerated().map { index, name in
            Sample.finding("f\(index)", at: Location(config: name))
        }
        for name in names {
            let rule = Sample.rule(match: Sample.test(.finding, "config", .glob(Glob(name))))
            #expect(try result(Sample.evidence(findings: findings), rule).violations.count == 1)
        }
    }

    @Test("another tool that a rule names need have run to its end, which is all that anybody knows of it")
    func named() throws {
        func receipt(_ outcome: Receipt.Outcome) -> Receipt {
            Receipt(
                detector: "gitleaks", tool: "gitleaks", version: "8", rules: nil,
                target: Sample.image.digest, provides: [.secrets], layers: [], metadata: false,
                outcome: outcome,
                imported: ImportFacts(format: "gitleaks", digest: Sample.digest(1), binding: .digest))
        }
        let layers = [Sample.layer(0), Sample.layer(1)]
        let own = Sample.receipt(layers: layers)
        let rule = Sample.rule(detectors: ["gitleaks"])
        let pass = try result(Sample.evidence(receipts: [own, receipt(.completed)]), rule)
        #expect(pass.status == .pass)
        #expect(pass.reason.hasSuffix("by palimpsest 0.1.0, and gitleaks 8 ran to the end"))
        #expect(
            try result(Sample.evidence(receipts: [own, receipt(.incomplete)]), rule).status == .notAssessed)
        #expect(try result(Sample.evidence(receipts: [receipt(.completed)]), rule).status == .notAssessed)
        #expect(try result(Sample.evidence(receipts: [own]), rule).status == .notAssessed)
    }

    @Test("a violation counts once for each id, and says where")
    func fail() throws {
        let findings = [
            Sample.finding("a"), Sample.finding("b", at: Sample.place(1, "/x")),
            Sample.finding("c", at: Location(config: "Env/TOKEN")), Sample.finding("a"),
            Sample.finding("d", kind: .privateKey),
        ]
        let result = try result(Sample.evidence(findings: findings))
        #expect(result.status == .fail)
        #expect(result.violations.map(\.id) == ["c", "a", "b"])
        #expect(result.reason == "3 findings in 2 layers and the metadata")
        #expect(result.receipts.isEmpty)
    }

    @Test("one secret at several places is one finding, in words and to gates", arguments: [0, 1, 2])
    func places(atMost: Int) throws {
        let places = [Sample.place(0, "/a"), Sample.place(1, "/a"), Location(config: "Env/TOKEN")]
        var findings = places.enumerated().map { Sample.finding("f\($0)", at: $1) } + [Sample.finding("x")]
        for index in findings.indices {
            findings[index].fingerprint = Fingerprint(hmac: Array(repeating: index < 3 ? 1 : 2, count: 32))
        }
        var rule = Sample.rule()
        rule.atMost = atMost
        let result = try result(Sample.evidence(findings: findings), rule)
        #expect(result.status == (atMost < 2 ? .fail : .pass))
        #expect(
            result.reason.hasPrefix(
                atMost < 2
                    ? "2 findings, at 4 places in 2 layers and the metadata" : "2 found, which it lets be"))
    }

    @Test(
        "what stands in no layer is said to be where a tool says it is, and nowhere else",
        arguments: [
            (Location(config: "Env/TOKEN"), "1 finding in the metadata"),
            (Location(config: "image", within: ["openssl"]), "1 finding in the image as a whole"),
            (Location(config: "source/go.mod"), "1 finding in the source code"),
        ])
    func nowhere(location: Location, reason: String) throws {
        #expect(try result(Sample.evidence(findings: [Sample.finding("a", at: location)])).reason == reason)
        var adrift = location
        adrift.config = nil
        adrift.path = EntryPath("srv/x")
        #expect(
            try result(Sample.evidence(findings: [Sample.finding("a", at: adrift)])).reason
                == "1 finding in a layer that is not known")
    }

    @Test("a violation stands when not everything was looked at, and says so")
    func failWithoutCoverage() throws {
        let result = try result(Sample.evidence(findings: [Sample.finding("a")], receipts: []))
        #expect(result.status == .fail)
        #expect(
            result.reason
                == "1 finding in 1 layer; not everything was looked at: no detector reports on secrets")
    }

    @Test(
        "where nothing says which environments images are for, that is missing, and no detector",
        arguments: [
            (nil, [nil], "environments it and b1 are for"), ("prod", [nil], "environment b1 is for"),
            ("prod", ["test", nil, nil], "environments b2 and b3 are for"),
        ] as [(String?, [String?], String)])
    func environments(own: String?, others: [String?], missing: String) throws {
        var evidence = Sample.evidence(findings: [Sample.finding("a")])
        evidence.image.environment = own
        evidence.comparedWith = others.enumerated().map {
            ComparedImage(
                name: "b\($0.offset + 1)", digest: Sample.digest($0.offset), environment: $0.element)
        }
        let result = try result(evidence, Sample.rule(requires: [.secrets, .environments]))
        #expect(result.status == .fail)
        #expect(
            result.reason
                == "1 finding in 1 layer; not everything was looked at: nothing says which \(missing)")
    }

    @Test("a rule that warns warns")
    func warn() throws {
        let evidence = Sample.evidence(findings: [Sample.finding("a")])
        #expect(try result(evidence, Sample.rule(effect: .warn)).status == .warn)
    }

    @Test("of a build cache nothing is judged by a configuration, and everything else as ever")
    func buildCache() throws {
        var image = Sample.image
        image.kind = .buildCache
        func result(_ requires: [EvidenceClass], finds findings: [Finding] = [], covers: Bool = true) throws
            -> RuleResult
        {
            let receipt = Sample.receipt(provides: [.secrets], layers: Self.layers)
            let evidence = Evidence(
                image: image, layers: Self.layers, findings: findings, inventory: [], gaps: [],
                receipts: covers ? [receipt] : [], fingerprintKey: "00000000")
            return try self.result(evidence, Sample.rule(requires: requires))
        }
        #expect(try result([.configuration]).status == .notApplicable)
        #expect(try result([.configuration]).reason == "a build cache has no configuration")
        #expect(try result([.secrets, .configuration]).status == .pass)
        #expect(try result([.secrets]).status == .pass)
        #expect(try result([.secrets, .configuration], covers: false).status == .notAssessed)
        #expect(try result([.secrets, .configuration], finds: [Sample.finding("a")]).status == .fail)
        #expect(try result([.filesystem]).status == .notAssessed)
    }

    private static let layers = [Sample.layer(0), Sample.layer(1)]
    private static var unreadLayer: LayerFacts {
        var layer = Sample.layer(1)
        layer.uncompressedSize = 0
        layer.bytesScanned = 0
        return layer
    }
    private static var skippedLayer: LayerFacts {
        var layer = Sample.layer(1)
        layer.bytesScanned -= 512
        layer.bytesSkipped = [.init(reason: .sizeLimit, bytes: 512, entries: 1)]
        return layer
    }
    private static var unbalancedLayer: LayerFacts {
        var layer = Sample.layer(1)
        layer.bytesScanned -= 1
        return layer
    }
    private static var negativeLayer: LayerFacts {
        var layer = Sample.layer(1)
        layer.bytesScanned += 5
        layer.bytesSkipped = [.init(reason: .malformedArchive, bytes: -5, entries: 1)]
        return layer
    }
    private static var unseenLayer: LayerFacts {
        var layer = Sample.layer(1)
        layer.bytesSkipped = [.init(reason: .malformedArchive, bytes: layer.bytesScanned, entries: 1)]
        layer.bytesScanned = 0
        return layer
    }
    private static var disownedLayer: LayerFacts {
        var layer = Sample.layer(1)
        layer.index = nil
        layer.empty = true
        return layer
    }
    private static var hugeLayer: LayerFacts {
        var layer = Sample.layer(1)
        layer.bytesSkipped = [.init(reason: .malformedArchive, bytes: .max, entries: 1)]
        return layer
    }

    static let incomplete: [(Evidence, String)] = [
        (Sample.evidence(receipts: []), "no detector reports on secrets"),
        (
            Sample.evidence(receipts: [Sample.receipt(provides: [.certificates], layers: layers)]),
            "no detector reports on secrets"
        ),
        (
            Sample.evidence(receipts: [
                Sample.receipt(layers: layers, outcome: .failed, reason: "out of memory")
            ]),
            "secrets of palimpsest failed (out of memory)"
        ),
        (
            Sample.evidence(receipts: [Sample.receipt(layers: layers, outcome: .incomplete)]),
            "secrets of palimpsest did not finish"
        ),
        (
            Sample.evidence(receipts: [Sample.receipt(layers: layers, target: Sample.digest(9))]),
            "secrets of palimpsest looked at another image"
        ),
        (
            Sample.evidence(receipts: [Sample.receipt(layers: layers, metadata: false)]),
            "secrets of palimpsest did not look at the configuration and the history"
        ),
        (
            Sample.evidence(receipts: [Sample.receipt(layers: [layers[0]])]),
            "secrets of palimpsest did not see the whole of layer 1"
        ),
        (
            Sample.evidence(receipts: [Sample.receipt(layers: [layers[0], Sample.layer(1, size: 512)])]),
            "secrets of palimpsest did not see the whole of layer 1"
        ),
        (
            Sample.evidence(receipts: [Sample.receipt(layers: layers + [Sample.layer(2)])]),
            "secrets of palimpsest saw a layer 2, which the evidence does not list"
        ),
        (
            Sample.evidence(
                layers: [layers[0], unreadLayer],
                gaps: [Gap(layer: 1, reason: .digestMismatch, detail: "not the bytes the manifest names")]),
            "layer 1 was not read (digest-mismatch)"
        ),
        (Sample.evidence(layers: [layers[0], unreadLayer]), "layer 1 was not read"),
        (
            Sample.evidence(layers: [layers[0], skippedLayer]),
            "512 bytes of layer 1 were skipped (size-limit)"
        ),
        (
            Sample.evidence(layers: [layers[0], unseenLayer]),
            "10 kB of layer 1 were skipped (malformed-archive)"
        ),
        (
            Sample.evidence(
                layers: [layers[0], disownedLayer], receipts: [Sample.receipt(layers: [layers[0]])]),
            "a step that is said to have made no layer has one"
        ),
        (Sample.evidence(layers: [layers[0], unbalancedLayer]), "the bytes of layer 1 do not add up"),
        (Sample.evidence(layers: [layers[0], negativeLayer]), "the bytes of layer 1 do not add up"),
        (
            Sample.evidence(layers: [layers[0], hugeLayer]),
            "9223372036 GB of layer 1 were skipped (malformed-archive); the bytes of layer 1 do not add up"
        ),
        (
            Sample.evidence(gaps: [
                Gap(layer: 0, path: EntryPath("/a.zip"), reason: .encryptedArchive, detail: "a password")
            ]),
            "/a.zip in layer 0 was not fully read (encrypted-archive)"
        ),
        (Sample.evidence(layers: []), "the evidence lists no layer"),
        (
            Sample.evidence(layers: [layers[1]]),
            "the evidence does not list its layers from 0 without a break"
        ),
        (
            Sample.evidence(inventory: [Sample.item("x", at: Sample.place(7, "/x"))]),
            "something was found in a layer 7 that the evidence does not list"
        ),
    ]

    @Test("what was not looked at is not assessed", arguments: incomplete)
    func notAssessed(evidence: Evidence, reason: String) throws {
        let result = try result(evidence)
        #expect(result.status == .notAssessed)
        #expect(result.reason == "not assessed: \(reason)")
        #expect(result.receipts.isEmpty)
    }

    @Test("a layer of no bytes at all is read")
    func emptyLayer() throws {
        var layer = Sample.layer(1, size: 0)
        layer.diffID = Digest("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(try result(Sample.evidence(layers: [Sample.layer(0), layer])).status == .pass)
    }

    @Test("a broken archive, whose bytes were scanned as they are, does not stop a pass")
    func harmlessGap() throws {
        let gap = Gap(layer: 0, path: EntryPath("/a.zip"), reason: .malformedArchive, detail: "no directory")
        #expect(try result(Sample.evidence(gaps: [gap])).status == .pass)
    }

    @Test("an unread layer does not touch what only the configuration tells")
    func configurationAlone() throws {
        let evidence = Sample.evidence(layers: [Sample.layer(0), Self.unreadLayer])
        let rule = Sample.rule(
            requires: [.configuration], each: .inventory,
            match: Sample.test(.inventory, "type", .equals(.text("runtime-user"))))
        #expect(try result(evidence, rule).status == .pass)
        let gap = Gap(layer: nil, reason: .unreadable, detail: "history cut short")
        #expect(try result(Sample.evidence(gaps: [gap]), rule).status == .notAssessed)
    }

    @Test("a field that nobody recorded is not assessed, and named")
    func unknownField() throws {
        let rule = Sample.rule(
            requires: [.certificates], each: .inventory,
            match: .not(Sample.test(.inventory, "keyBits", .atLeast(.number(2048)))))
        let result = try result(Sample.evidence(inventory: [Sample.item("a")]), rule)
        #expect(result.status == .notAssessed)
        #expect(
            result.reason == "not assessed: keyBits is not known of the certificate an item at /app/ca.pem")
    }

    @Test("not applicable takes a condition that was tested and does not hold")
    func notApplicable() throws {
        func rule(_ condition: Matcher) -> Rule { Sample.rule(appliesTo: condition) }
        let arm = Sample.test(.image, "platform", .equals(.text("linux/arm64")))
        let old = Sample.test(.image, "created", .olderThan(days: 1))
        let isDated = Sample.test(.image, "created", .exists(true))
        var image = Sample.image
        image.created = nil
        let undated = Evidence(
            image: image, layers: Self.layers, findings: [], inventory: [], gaps: [],
            receipts: [Sample.receipt(layers: Self.layers)], fingerprintKey: "00000000")
        #expect(try result(Sample.evidence(), rule(arm)).status == .notApplicable)
        #expect(try result(Sample.evidence(), rule(old)).status == .pass)
        #expect(try result(undated, rule(old)).status == .notAssessed)
        #expect(try result(undated, rule(isDated)).status == .notAssessed)
        #expect(try result(undated, rule(.not(isDated))).status == .notAssessed)
    }

    @Test("a rule that requires nothing does not pass")
    func noRequirement() throws {
        #expect(try result(Sample.evidence(), Sample.rule(requires: [])).status == .notAssessed)
    }

    @Test("the image's reason names failures even where the verdict is withheld")
    func imageReason() {
        let rules = [
            Sample.rule("a"), Sample.rule("b", requires: [.signatures], match: .any([])),
            Sample.rule("c", match: .any([])),
        ]
        let evidence = Sample.evidence(findings: [Sample.finding("1")])
        let assessment = Evaluator.assess(evidence, against: Sample.policy(rules), asOf: Sample.now)
        #expect(assessment.status == .notAssessed)
        #expect(
            assessment.reason == "verdict withheld: 1 of 3 rules not assessed (b); 1 of 3 rules failed (a)")
        let empty = Evaluator.assess(evidence, against: Sample.policy([]), asOf: Sample.now)
        #expect(empty.status == .notAssessed)
        #expect(empty.reason == "verdict withheld: the policy has no rules")
    }

    @Test("controls follow their edges and say what the outcome rests on")
    func controls() throws {
        let controls =
            Control.Reach.allCases.map { Sample.control($0.rawValue, $0) } + [
                Sample.control("unspoken", .decides)
            ]
        let edges = Control.Reach.allCases.map { Sample.edge($0.rawValue) }
        let policy = Sample.policy([Sample.rule(controls: edges)], controls: controls)
        func outcome(_ evidence: Evidence) -> [String: (Status, String)] {
            let results = Evaluator.assess(evidence, against: policy, asOf: Sample.now).controls
            return Dictionary(uniqueKeysWithValues: results.map { ($0.id, ($0.status, $0.reason)) })
        }
        let clean = outcome(Sample.evidence())
        #expect(clean["decides"]?.0 == .pass)
        #expect(
            try #require(clean["partial"]) == (
                .pass, "met as far as 1 rule can tell; what no image shows: the rest"
            ))
        #expect(clean["indicates"]?.0 == .manual)
        #expect(clean["fleet"]?.0 == .manual)
        #expect(clean["fleet"]?.1.contains("fleet") == true)
        #expect(clean["none"]?.0 == .manual)
        #expect(
            try #require(clean["unspoken"]) == (
                .manual, "no rule in this policy speaks to it; a person must judge it"
            ))
        let broken = outcome(Sample.evidence(findings: [Sample.finding("1")]))
        #expect(broken["decides"]?.0 == .fail)
        #expect(broken["indicates"]?.0 == .warn)
        #expect(broken["fleet"]?.0 == .fail)
        #expect(broken["none"]?.0 == .manual)
    }
}
