import Model
import TestSupport

/// Evidence in parts that can be taken away, and a policy for it.
///
/// One detector stands behind each class of evidence, and sometimes a second behind secrets; every rule requires the
/// class of what it looks at. A layer that could not be read has a gap, as the reader leaves one.
struct RandomCase {
    var image = Sample.image
    var layers: [LayerFacts] = []
    var findings: [Finding] = []
    var inventory: [InventoryItem] = []
    var gaps: [Gap] = []
    var receipts: [Receipt] = []
    var rules: [Rule] = []
    var signOffs = SignOffs.none

    private static let scanner = "scanner"
    static let keyFiles = "key-files"

    /// What breaks rules, by the class of evidence that tells of it.
    private static let matchers: [(EvidenceClass, FactSubject, Matcher)] = [
        (.secrets, .finding, Sample.test(.finding, "kind", .glob(Glob("credential.*")))),
        (
            .secrets, .finding,
            .all([
                Sample.test(.finding, "kind", .equals(.text("key.private"))),
                .not(Sample.test(.finding, "keyBits", .atLeast(.number(2048)))),
            ])
        ),
        (
            .certificates, .inventory,
            .all([
                Sample.test(.inventory, "type", .equals(.text("certificate"))),
                Sample.test(.inventory, "notAfter", .olderThan(days: 0)),
            ])
        ),
        (
            .filesystem, .inventory,
            .all([
                Sample.test(.inventory, "type", .equals(.text("setuid-file"))),
                .not(Sample.test(.inventory, "path", .glob(Glob("/usr/**")))),
            ])
        ),
        (
            .configuration, .inventory,
            .all([
                Sample.test(.inventory, "type", .equals(.text("runtime-user"))),
                Sample.test(.inventory, "isRoot", .equals(.flag(true))),
            ])
        ),
        (
            .vulnerabilities, .finding,
            .all([
                Sample.test(.finding, "kind", .equals(.text("component.vulnerable"))),
                Sample.test(.finding, "severity", .atLeast(.text("high"))),
            ])
        ),
    ]

    init(using random: inout SeededGenerator) {
        for index in 0..<Int.random(in: 1...4, using: &random) {
            layers.append(Sample.layer(index, size: 512 * Int.random(in: 1...40, using: &random)))
        }
        for index in layers.indices where random.chance(5) {
            layers[index].uncompressedSize = 0
            layers[index].bytesScanned = 0
            gaps.append(Gap(layer: index, reason: .truncated, detail: "ends early"))
        }
        for (number, detector) in Sample.all.enumerated() {
            if random.chance(random.chance(70) ? 0 : 15) { continue }
            receipts.append(
                Sample.receipt(
                    detector.rawValue, provides: [detector],
                    layers: layers.filter { $0.uncompressedSize > 0 },
                    outcome: random.chance(4) ? .incomplete : .completed))
            for index in 0..<Int.random(in: 0...2, using: &random) {
                add(detector, number * 10 + index, using: &random)
            }
        }
        if random.chance(50) { addKeyFiles(using: &random) }
        if random.chance(40) { addScanner(using: &random) }
        for index in 0..<Int.random(in: 2...8, using: &random) {
            rules.append(Self.rule(index, using: &random))
        }
        if random.chance(60) { sign(using: &random) }
    }

    /// A second detector of ours that looks for secrets, so that neither says anything without the other.
    private mutating func addKeyFiles(using random: inout SeededGenerator) {
        guard let index = receipts.firstIndex(where: { $0.provides == [.secrets] }) else { return }
        func receipt(_ detector: String, beside other: String) -> Receipt {
            Sample.receipt(
                detector, provides: [.secrets], layers: layers.filter { $0.uncompressedSize > 0 },
                outcome: receipts[index].outcome,
                alongside: [.init(detector: other, provides: [.secrets])])
        }
        receipts.append(receipt(Self.keyFiles, beside: receipts[index].detector))
        receipts[index] = receipt(receipts[index].detector, beside: Self.keyFiles)
        if random.chance(60) {
            var finding = Sample.finding("k", kind: .privateKey, at: Sample.place(0, "/k.der"))
            finding.detector = Self.keyFiles
            findings.append(finding)
        }
    }

    /// Another tool, which nobody has to run, with what it found.
    private mutating func addScanner(using random: inout SeededGenerator) {
        receipts.append(
            Sample.receipt(Self.scanner, provides: [.vulnerabilities], layers: [], metadata: false))
        for index in 0..<Int.random(in: 0...2, using: &random) {
            var finding = Sample.finding(
                "v\(index)", kind: .vulnerableComponent, at: Sample.place(0, "/lib/\(index)"))
            finding.detector = Self.scanner
            finding.witnesses = [
                Witness(detector: Self.scanner, rule: "CVE", kind: .vulnerableComponent, severity: .high)
            ]
            findings.append(finding)
        }
    }

    /// Risks accepted and controls attested, some of them in a way that must not count.
    private mutating func sign(using random: inout SeededGenerator) {
        func validity() -> Validity {
            let first = Sample.now.adding(days: Int.random(in: -40...2, using: &random))
            return Validity(
                created: first, lastDay: first.adding(days: Int.random(in: 1...80, using: &random)))
        }
        let ids = (findings.map(\.id) + inventory.map(\.id)).filter { _ in random.chance(60) }
        let waivers =
            (ids.map { (finding: String?.some($0), rule: String?.none) }
            + rules.map { (finding: nil, rule: $0.id) })
            .filter { _ in random.chance(60) }.enumerated().map { number, target in
                Waiver(
                    id: "w\(number)",
                    target: .init(
                        finding: target.finding, fingerprint: nil, rule: target.rule,
                        images: random.chance(80) ? [Glob("demo")] : []),
                    justification: "it is a test", owner: "team", approver: "officer", ticket: "RISK-1",
                    validity: validity(), source: "waivers.yaml:3")
            }
        let attestations = Control.Reach.allCases.filter { _ in random.chance(40) }.map { reach in
            ControlAttestation(
                framework: "test", control: reach.rawValue, images: [], statement: "it is met",
                attestedBy: "officer", evidence: [.init(name: "review.pdf", digest: Sample.digest(5))],
                validity: validity(), source: "attestations.yaml:3")
        }
        signOffs = SignOffs(digest: Sample.digest(9), waivers: waivers, attestations: attestations)
    }

    private mutating func add(_ detector: EvidenceClass, _ number: Int, using random: inout SeededGenerator) {
        let place = Sample.place(
            Int.random(in: 0..<layers.count, using: &random), random.chance(50) ? "/usr/x" : "/x")
        switch detector {
        case .secrets:
            var finding = Sample.finding(
                "f\(number)", kind: random.chance(50) ? .privateKey : .aiCredential, at: place,
                attributes: random.chance(70) ? ["keyBits": .number(random.chance(50) ? 1024 : 4096)] : [:])
            finding.detector = detector.rawValue
            findings.append(finding)
        default:
            let types: [EvidenceClass: InventoryType] = [
                .certificates: .certificate, .filesystem: .setuidFile, .configuration: .runtimeUser,
            ]
            let end = Sample.now.adding(days: Int.random(in: -50...50, using: &random))
            var item = Sample.item(
                "i\(number)", type: types[detector] ?? .key, at: place,
                attributes: random.chance(80)
                    ? ["notAfter": .instant(end), "isRoot": .flag(random.chance(50))] : [:])
            item.detector = detector.rawValue
            inventory.append(item)
        }
    }

    private static func rule(_ index: Int, using random: inout SeededGenerator) -> Rule {
        let (required, subject, matcher) = matchers[Int.random(in: 0..<matchers.count, using: &random)]
        let platform = random.chance(50) ? "linux/amd64" : "linux/arm64"
        let condition: Matcher =
            random.chance(30)
            ? Sample.test(.image, "created", .exists(true))
            : random.chance(50)
                ? Sample.test(.image, "platform", .equals(.text(platform)))
                : Sample.test(.image, "created", .olderThan(days: random.chance(50) ? 1 : 9000))
        let edges = Control.Reach.allCases.filter { _ in random.chance(50) }.map {
            Sample.edge($0.rawValue, random.chance(70) ? .direct : .indicator)
        }
        let isForeign = required == .vulnerabilities
        var rule = Sample.rule(
            "rule.\(index)", requires: random.chance(80) ? [required] : [required, .configuration],
            isOptional: isForeign && random.chance(50),
            detectors: random.chance(20) ? [isForeign ? scanner : required.rawValue] : [],
            appliesTo: random.chance(25) ? condition : nil, each: subject, match: matcher,
            effect: random.chance(60) ? .fail : .warn, controls: edges)
        rule.atMost = random.chance(20) ? 1 : 0
        return rule
    }

    var policy: Policy {
        Sample.policy(rules, controls: Control.Reach.allCases.map { Sample.control($0.rawValue, $0) })
    }

    /// The evidence, its lists in the order they stand here, as a document read from a file would have them.
    var evidence: Evidence {
        Evidence(
            image: image, layers: layers, findings: findings, inventory: inventory, gaps: gaps,
            receipts: receipts, fingerprintKey: "00000000")
    }
}

extension SeededGenerator {
    /// Whether something happens that does in this many of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
