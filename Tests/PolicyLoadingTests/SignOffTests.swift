import Model
import PolicyLoading
import Testing

@Suite("Waivers and attestations")
struct SignOffTests {
    static let waivers = """
        apiVersion: palimpsest/v1
        kind: Waivers
        waivers:
          - id: build-token
            rule: secrets.none
            images: [ghcr.io/acme/*]
            justification: revoked, and the image is retired in December
            owner: Team Build
            approver: Risk Office
            ticket: RISK-7
            created: 2026-11-01
            expires: "2026-11-30"

        """
    static let attestations = """
        apiVersion: palimpsest/v1
        kind: Attestations
        attestations:
          - control: PR.DS-02
            statement: traffic is encrypted by the mesh
            attestedBy: Platform
            evidence:
              - name: mesh-review.pdf
                sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            created: 2026-11-01
            validUntil: 2027-10-31

        """

    private static func load(_ text: String) throws(PolicyDiagnostics) -> SignOffs {
        try PolicyLoader.load(
            policy: [
                PolicySource(path: "framework.yaml", bytes: Array(Documents.framework.utf8)),
                PolicySource(path: "policy.yaml", bytes: Array(Documents.policy.utf8)),
            ],
            digest: Documents.digest, signOffs: [PolicySource(path: "signed.yaml", bytes: Array(text.utf8))],
            digest: Documents.digest
        ).signOffs
    }

    @Test("are read with their last day, quoted or not")
    func read() throws {
        let waiver = try #require(try Self.load(Self.waivers).waivers.first)
        #expect(waiver.target.rule == "secrets.none")
        #expect(waiver.validity.days == 30)
        #expect(waiver.source == "signed.yaml:4")
        let word = try #require(try Self.load(Self.attestations).attestations.first)
        #expect(word.control == "PR.DS-02")
        #expect(word.evidence.first?.digest.short == "9f86d081884c")
    }

    @Test("one mistake hides no other: not a key that stands twice, and not an empty text")
    func several() throws {
        let wrong = Self.waivers
            .replacing(
                "justification: revoked, and the image is retired in December", with: "justification: \"\""
            )
            .replacing("owner: Team Build", with: "owner: Risk Office\n    owner: Team Build")
            .replacing("2026-11-30", with: "2026-10-30")
            .replacing("ticket: RISK-7", with: "ticket: RISK-7\n    ticket: RISK-8\n    tickets: 1")
        let found = #expect(throws: PolicyDiagnostics.self) { try Self.load(wrong) }?.list ?? []
        #expect(found.map(\.line) == [7, 9, 10, 12, 13, 15], "\(found.map(\.description))")
    }

    @Test(
        "with a mistake are refused where it is",
        arguments: [
            Mistake(
                "rule: secrets.none", "rule: secrets.some", .unknownReference, "5:11", "no rule",
                "\"secrets.none\""),
            Mistake(
                "approver: Risk Office", "approver: team build", .contradiction, "9:15", "their own risk"),
            Mistake(
                "approver: Risk Office", "approver: team.build", .contradiction, "9:15", "their own risk"),
            Mistake(
                "    expires: \"2026-11-30\"", "    expires: \"2026-10-30\"", .contradiction, "12:14",
                "before the first day"),
            Mistake("created: 2026-11-01", "created: yesterday", .malformed, "11:14", "must be a day"),
            Mistake("    rule: secrets.none\n", "", .missingKey, "4:5", "what it is about"),
            Mistake("    owner: Team Build\n", "", .missingKey, "4:5", "\"owner\""),
            Mistake(
                "ticket: RISK-7", "tickte: RISK-7\n    ticket: RISK-7", .unknownKey, "10:5", "no key",
                "\"ticket\""),
            Mistake(
                "rule: secrets.none", "fingerprint: abc", .malformed, "5:18", "64 lower-case hex digits"),
        ])
    func mistakes(_ mistake: Mistake) throws {
        let changed = Self.waivers.replacing(mistake.old, with: mistake.new)
        try #require(changed != Self.waivers)
        let error = #expect(throws: PolicyDiagnostics.self) { try Self.load(changed) }
        mistake.check(error?.list ?? [])
    }

    @Test("of a control that there is not is refused")
    func unknownControl() throws {
        let changed = Self.attestations.replacing("PR.DS-02", with: "PR.DS-5")
        let error = #expect(throws: PolicyDiagnostics.self) { try Self.load(changed) }
        #expect(error?.list.map(\.code) == [.withdrawnControl])
    }
}
