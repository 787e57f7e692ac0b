import Model
import Testing

@testable import Evaluation

@Suite("Accepted risks")
struct WaiverTests {
    private static let today = Instant(seconds: Sample.now.seconds / 86_400 * 86_400)
    private static let secret = Fingerprint(hmac: Array(repeating: 7, count: 32))

    private static func waiver(
        _ id: String = "w", finding: String? = nil, fingerprint: String? = nil, rule: String? = nil,
        images: [String] = [], from first: Int = -5, until last: Int = 20
    ) -> Waiver {
        Waiver(
            id: id,
            target: .init(
                finding: finding, fingerprint: fingerprint, rule: rule, images: images.map { Glob($0) }),
            justification: "it is a test", owner: "team", approver: "officer", ticket: "RISK-1",
            validity: Validity(created: today.adding(days: first), lastDay: today.adding(days: last)),
            source: "waivers.yaml:3")
    }

    private static func assess(
        _ waivers: [Waiver], findings: [Finding] = [Sample.finding("a")], effect: Rule.Effect = .fail,
        receipts: [Receipt]? = nil, asOf: Instant = Sample.now
    ) -> Assessment {
        Evaluator.assess(
            Sample.evidence(findings: findings, receipts: receipts),
            against: Sample.policy([Sample.rule(effect: effect)]),
            signOffs: SignOffs(digest: Sample.digest(9), waivers: waivers, attestations: []), asOf: asOf)
    }

    @Test("everything that breaks a rule was accepted: the rule is waived, never passed")
    func waived() throws {
        let assessment = Self.assess([Self.waiver(finding: "a")])
        let rule = try #require(assessment.rules.first)
        #expect(rule.status == .waived)
        #expect(rule.statusWithoutWaivers == .fail)
        #expect(rule.violations.map(\.waiver) == ["w"])
        #expect(rule.reason == "1 finding in 1 layer; waived by w")
        #expect(assessment.status == .waived)
        #expect(assessment.statusWithoutWaivers == .fail)
        #expect(assessment.waivers.map(\.state) == [.active])
        #expect(assessment.signOffs == Sample.digest(9))
    }

    @Test("of a waiver that ended nothing counts again that another accepts")
    func renewed() {
        let old = Self.waiver("old", rule: "test.rule", until: -1)
        let findings = [Sample.finding("a"), Sample.finding("b", at: Sample.place(1, "/b"))]
        func reason(_ waivers: Waiver...) -> String? {
            Self.assess([old] + waivers, findings: findings).waivers.first?.reason
        }
        #expect(reason()?.hasSuffix("the 2 placements it covered count again") == true)
        let (one, other) = (Self.waiver("x", finding: "a"), Self.waiver("y", finding: "b"))
        #expect(reason(one)?.hasSuffix("of the 2 placements it covered 1 counts again") == true)
        #expect(reason(one, other)?.hasSuffix("the 2 placements it covered are accepted by x, y") == true)
    }

    @Test(
        "a secret in the metadata is accepted in one image or by its fingerprint: another would have the same id",
        arguments: [true, false])
    func metadata(isPinned: Bool) {
        let finding = Sample.finding("a", at: Location(config: "Env/TOKEN"))
        let waiver = Self.waiver(finding: "a", images: [isPinned ? Sample.image.digest.text : "demo"])
        let assessment = Self.assess([waiver], findings: [finding])
        #expect(assessment.waivers.map(\.state) == [isPinned ? .active : .overBroad])
        #expect(assessment.status == (isPinned ? .waived : .fail))
    }

    @Test("so is one that a tool reports in a file of no known layer")
    func adrift() {
        var place = Sample.place(0, "/srv/x.env")
        place.layer = nil
        let assessment = Self.assess(
            [Self.waiver(finding: "a")], findings: [Sample.finding("a", at: place)])
        #expect(assessment.waivers.map(\.state) == [.overBroad])
        #expect(assessment.status == .fail)
    }

    @Test(
        "a rule is accepted for images that are named, not for those of one transport, tag or ending",
        arguments: [
            ("**", false), ("*", false), ("d*", true), ("*emo", false), ("**demo", false), ("**/*", false),
            ("demo*", true), ("**e**", false),
        ])
    func names(pattern: String, isNamed: Bool) {
        let assessment = Self.assess([Self.waiver(rule: "test.rule", images: [pattern])])
        let fits = Glob(pattern).matches(Sample.image.name)
        #expect(assessment.waivers.map(\.state) == [!fits ? .unused : isNamed ? .active : .overBroad])
    }

    @Test("what nobody accepted still breaks the rule")
    func partly() throws {
        let findings = [Sample.finding("a"), Sample.finding("b", at: Sample.place(1, "/x"))]
        let rule = try #require(Self.assess([Self.waiver(finding: "a")], findings: findings).rules.first)
        #expect(rule.status == .fail)
        #expect(rule.reason == "2 findings in 2 layers; 1 of them waived by w")
    }

    @Test("a rule that warns is waived as well", arguments: [Rule.Effect.fail, .warn])
    func effects(effect: Rule.Effect) {
        #expect(Self.assess([Self.waiver(finding: "a")], effect: effect).status == .waived)
    }

    @Test("where not everything was looked at, nobody knows what else there is to accept")
    func incomplete() {
        let assessment = Self.assess([Self.waiver(finding: "a")], receipts: [])
        #expect(assessment.status == .notAssessed)
        #expect(assessment.statusWithoutWaivers == .fail)
    }

    @Test("counts on its last day and not a second longer", arguments: [(0, Status.waived), (1, .fail)])
    func lastDay(seconds: Int, status: Status) {
        let end = Self.today.adding(days: 3)
        let asOf = Instant(seconds: end.seconds - 1 + seconds)
        let assessment = Self.assess([Self.waiver(finding: "a", until: 2)], asOf: asOf)
        #expect(assessment.status == status)
        #expect(assessment.waivers.map(\.state) == [status == .waived ? .expiring : .expired])
    }

    @Test("the state says why a waiver covers nothing", arguments: State.all)
    func states(_ wanted: State) {
        let findings =
            wanted.findings == 1
            ? [Sample.finding("a")]
            : (0..<wanted.findings).map { Sample.finding("f\($0)", at: Sample.place(0, "/\($0)")) }
        let assessment = Self.assess([wanted.waiver], findings: findings)
        #expect(assessment.waivers.map(\.state) == [wanted.state])
        #expect(assessment.status == (wanted.state.covers ? .waived : .fail))
        #expect(assessment.waivers.first?.reason.contains(wanted.words) == true)
    }

    /// A waiver and the state that it must be in.
    struct State: Sendable, CustomTestStringConvertible {
        let waiver: Waiver
        let state: WaiverResult.State
        let words: String
        var findings = 1

        var testDescription: String { "\(state.rawValue): \(words)" }

        static let all = [
            State(waiver: WaiverTests.waiver(finding: "a"), state: .active, words: "until"),
            State(waiver: WaiverTests.waiver(finding: "a", until: 13), state: .expiring, words: "last day"),
            State(
                waiver: WaiverTests.waiver(finding: "a", until: -1), state: .expired,
                words: "the 1 placement it covered counts again"),
            State(
                waiver: WaiverTests.waiver(rule: "test.rule", until: -1), state: .expired,
                words: "the 2 placements it covered count again", findings: 2),
            State(waiver: WaiverTests.waiver(finding: "a", from: 1), state: .pending, words: "from"),
            State(waiver: WaiverTests.waiver(finding: "b"), state: .unused, words: "nothing"),
            State(
                waiver: WaiverTests.waiver(finding: "a", images: ["other/*"]), state: .unused,
                words: "other images"),
            State(
                waiver: WaiverTests.waiver(rule: "test.rule"), state: .overBroad, words: "every image"),
            State(
                waiver: WaiverTests.waiver(rule: "test.rule", images: ["**"]), state: .overBroad,
                words: "every image"),
            // Every digest begins alike.
            State(
                waiver: WaiverTests.waiver(finding: "a", images: ["s*"]), state: .unused,
                words: "other images"),
            State(
                waiver: WaiverTests.waiver(rule: "test.rule", images: ["sha256:*"]), state: .unused,
                words: "other images"),
            State(
                waiver: WaiverTests.waiver(rule: "test.rule", images: ["demo"]), state: .overBroad,
                words: "11 things", findings: 11),
            State(
                waiver: WaiverTests.waiver(rule: "test.rule", images: ["demo"]), state: .active,
                words: "10 placements", findings: 10),
            State(
                waiver: WaiverTests.waiver(finding: "a", from: -80, until: 20), state: .overLong,
                words: "101 days, and for high rules the policy allows 90 days"),
            State(
                waiver: WaiverTests.waiver(rule: "test.rule", images: [Sample.image.digest.text]),
                state: .active, words: "until"),
        ]
    }

    @Test("one secret is one thing, in however many places it stands")
    func places() {
        let findings = (0..<30).map { index in
            var finding = Sample.finding("f\(index)", at: Sample.place(0, "/\(index)"))
            finding.fingerprint = Self.secret
            return finding
        }
        let assessment = Self.assess([Self.waiver(fingerprint: Self.secret.text)], findings: findings)
        #expect(assessment.status == .waived)
        #expect(assessment.waivers.first?.subjects.count == 30)
        #expect(assessment.waivers.first?.reason.contains("30 placements") == true)
    }

    @Test("one place that breaks several rules is one place")
    func severalRules() {
        var finding = Sample.finding("a")
        finding.fingerprint = Self.secret
        let assessment = Evaluator.assess(
            Sample.evidence(findings: [finding]),
            against: Sample.policy(["a", "b", "c"].map { Sample.rule($0) }),
            signOffs: SignOffs(
                digest: Sample.digest(9), waivers: [Self.waiver(fingerprint: Self.secret.text)],
                attestations: []), asOf: Sample.now)
        #expect(assessment.waivers.first?.subjects.count == 3)
        #expect(assessment.waivers.first?.reason.hasPrefix("it covers 1 placement until") == true)
    }
}

@Suite("Attestations")
struct AttestationTests {
    private static func assess(
        from first: Int = -5, until last: Int = 20, images: [String] = [], reach: Control.Reach = .none,
        findings: [Finding] = [], receipts: [Receipt]? = nil
    ) -> Assessment {
        let word = ControlAttestation(
            framework: "test", control: "C-1", images: images.map { Glob($0) },
            statement: "reviewed every quarter", attestedBy: "officer",
            evidence: [.init(name: "review.pdf", digest: Sample.digest(77))],
            validity: Validity(
                created: Sample.now.adding(days: first), lastDay: Sample.now.adding(days: last)),
            source: "words.yaml:4")
        let rule = Sample.rule(controls: [Sample.edge("C-1", .indicator)])
        return Evaluator.assess(
            Sample.evidence(findings: findings, receipts: receipts),
            against: Sample.policy([rule], controls: [Sample.control("C-1", reach)]),
            signOffs: SignOffs(digest: Sample.digest(9), waivers: [], attestations: [word]),
            asOf: Sample.now)
    }

    @Test("stands for a control that no image can show")
    func counts() {
        let assessment = Self.assess()
        #expect(assessment.controls.map(\.status) == [.pass])
        #expect(assessment.controls.first?.reason.hasPrefix("attested by officer on ") == true)
        #expect(assessment.attestations.map(\.state) == [.active])
    }

    @Test("is no word against evidence, nor where hints could not be looked for")
    func limits() {
        let hinted = Self.assess(reach: .indicates, findings: [Sample.finding("a")])
        #expect(hinted.controls.map(\.status) == [.warn])
        #expect(hinted.attestations.map(\.state) == [.decided])
        let blind = Self.assess(reach: .indicates, receipts: [])
        #expect(blind.controls.map(\.status) == [.manual])
        #expect(blind.attestations.map(\.state) == [.withheld])
    }

    @Test("counts for its days and its images only")
    func scope() {
        #expect(Self.assess(until: -1).attestations.map(\.state) == [.expired])
        #expect(Self.assess(from: 1).attestations.map(\.state) == [.pending])
        #expect(Self.assess(images: ["other"]).attestations.map(\.state) == [.unused])
        #expect(Self.assess(until: -1).controls.map(\.status) == [.manual])
    }
}
