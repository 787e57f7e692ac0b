import Model
import PolicyLoading
import Testing

@Suite("Policies that extend others")
struct TailoringTests {
    static let parent = Documents.policy.replacing(
        "rules:\n",
        with: """
            parameters:
              - {name: age, default: 365d, minimum: 30d, maximum: 730d, summary: days until an image is old}
            rules:
              - id: images.old
                title: No old image
                rationale: What is old was not patched.
                requires: [configuration]
                each: image
                match: {field: created, olderThan: {parameter: age}}
                effect: warn
                severity: low
                remediation: Build it again.
                controls: [{control: PR.DS-01, relation: indicator, rationale: It shows neglect.}]

            """)
    static let child = """
        apiVersion: palimpsest/v1
        kind: Policy
        id: acme
        title: Acme
        extends: [baseline]
        set:
          - {parameter: age, value: 90, reason: we rebuild every month}
        overrides:
          - {rule: images.old, effect: fail, severity: high, reason: we mean it}
        disable:
          - {rule: secrets.none, reason: another tool looks}

        """

    private static func load(_ child: String, _ others: String...) throws(PolicyDiagnostics) -> Policy {
        var sources = [
            PolicySource(path: "framework.yaml", bytes: Array(Documents.framework.utf8)),
            PolicySource(path: "baseline.yaml", bytes: Array(Self.parent.utf8)),
            PolicySource(path: "acme.yaml", bytes: Array(child.utf8)),
        ]
        for (index, text) in others.enumerated() {
            sources.append(PolicySource(path: "other\(index).yaml", bytes: Array(text.utf8)))
        }
        return try PolicyLoader.loadPolicy(sources, digest: Documents.digest)
    }

    @Test("have its rules as they change them, and tell every change")
    func extended() throws {
        let policy = try Self.load(Self.child)
        #expect(policy.id == "acme")
        let rule = try #require(policy.rules.first { $0.id == "images.old" })
        #expect(policy.rules.allSatisfy { $0.id != "secrets.none" })
        #expect(rule.effect == .fail)
        #expect(rule.severity == .high)
        let created = try #require(FactField.named("created", of: .image))
        #expect(rule.matcher == .test(created, .olderThan(days: 90)))
        #expect(
            policy.tailoring.map { "\($0.subject): \($0.change)" } == [
                "secrets.none: disabled", "images.old: severity low → high", "images.old: effect warn → fail",
                "age: 365 → 90",
            ])
        #expect(policy.tailoring.first?.reason == "another tool looks")
        #expect(policy.tailoring.first?.source == "acme.yaml:11")
    }

    @Test("say once what they change, since two documents would be in the order of their folders")
    func repeated() throws {
        let other = """
            apiVersion: palimpsest/v1
            kind: Policy
            id: acme
            title: Acme
            set:
              - {parameter: age, value: 100, reason: other}
            overrides:
              - {rule: images.old, effect: warn, reason: other}
            disable:
              - {rule: secrets.none, reason: other}

            """
        let error = #expect(throws: PolicyDiagnostics.self) { try Self.load(Self.child, other) }
        let text = error?.description ?? ""
        for subject in ["the rule \"images.old\"", "the rule \"secrets.none\"", "the parameter \"age\""] {
            #expect(text.contains("\(subject) is tailored a second time, first at acme.yaml:"), "\(text)")
        }
    }

    @Test("have the last word over those that they extend through others")
    func grandchild() throws {
        let grandchild = """
            apiVersion: palimpsest/v1
            kind: Policy
            id: zebra
            title: Zebra
            extends: [acme]
            set: [{parameter: age, value: 60, reason: stricter}]

            """
        let policy = try Self.load(Self.child, grandchild)
        #expect(policy.id == "zebra")
        let created = try #require(FactField.named("created", of: .image))
        #expect(policy.rules.map(\.matcher) == [.test(created, .olderThan(days: 60))])
    }

    @Test(
        "with a mistake are refused where it is",
        arguments: [
            Mistake(
                "extends: [baseline]", "extends: [basline]", .unknownReference, "5:11", "no policy",
                "\"baseline\""),
            Mistake("value: 90", "value: 9", .malformed, "7:29", "between 30 and 730"),
            Mistake(
                "{parameter: age", "{parameter: aeg", .unknownReference, "7:17", "no parameter", "\"age\""),
            Mistake(
                "rule: images.old", "rule: images.odl", .unknownReference, "9:12", "no rule", "\"images.old\""
            ),
            Mistake(", effect: fail, severity: high", "", .missingKey, "9:5", "changes nothing"),
            Mistake(", reason: another tool looks", "", .missingKey, "11:5", "\"reason\""),
        ])
    func mistakes(_ mistake: Mistake) throws {
        let changed = Self.child.replacing(mistake.old, with: mistake.new)
        try #require(changed != Self.child)
        let error = #expect(throws: PolicyDiagnostics.self) { try Self.load(changed) }
        mistake.check(error?.list ?? [])
        #expect(error?.list.count == 1, "of what an unknown policy would have brought, nothing is wrong")
    }

    @Test("of several parents each keeps what it changed, whichever brings the same rules")
    func diamond() throws {
        func middle(_ id: String, _ change: String) -> String {
            "apiVersion: palimpsest/v1\nkind: Policy\nid: \(id)\ntitle: \(id)\nextends: [baseline]\n\(change)\n"
        }
        let strict = middle("first", "overrides: [{rule: images.old, effect: fail, reason: we mean it}]")
        let other = middle("second", "disable: [{rule: secrets.none, reason: another tool looks}]")
        for order in ["first, second", "second, first"] {
            let top =
                "apiVersion: palimpsest/v1\nkind: Policy\nid: top\ntitle: Top\nextends: [\(order)]\n"
            let policy = try Self.load(top, strict, other)
            #expect(policy.id == "top")
            #expect(policy.rules.map(\.id) == ["images.old"], "\(order)")
            #expect(policy.rules.map(\.effect) == [.fail], "\(order)")
        }
    }

    @Test("that give one parameter different values are settled by the policy that extends both, or refused")
    func disputed() throws {
        func policy(_ id: String, extends: String, _ value: Int?) -> String {
            let set = value.map { "set: [{parameter: age, value: \($0), reason: ours}]\n" } ?? ""
            return
                "apiVersion: palimpsest/v1\nkind: Policy\nid: \(id)\ntitle: \(id)\nextends: [\(extends)]\n\(set)"
        }
        let pair = [policy("one", extends: "baseline", 40), policy("two", extends: "baseline", 400)]
        let error = #expect(throws: PolicyDiagnostics.self) {
            try Self.load(policy("top", extends: "one, two", nil), pair[0], pair[1])
        }
        #expect(error?.list.map(\.code) == [.contradiction])
        #expect(error?.description.contains("is 40 in the policy \"one\" and 400 in \"two\"") == true)
        let settled = try Self.load(policy("top", extends: "one, two", 60), pair[0], pair[1])
        let created = try #require(FactField.named("created", of: .image))
        #expect(settled.rules.contains { $0.matcher == .test(created, .olderThan(days: 60)) })
        let agreed = policy("two", extends: "baseline", 40)
        #expect(throws: Never.self) {
            try Self.load(policy("top", extends: "one, two", nil), pair[0], agreed)
        }
    }

    @Test("and themselves are refused, and so are those in a circle that no other policy needs")
    func lonelyCircles() throws {
        let itself = Self.child.replacing("extends: [baseline]", with: "extends: [acme, baseline]")
        let error = #expect(throws: PolicyDiagnostics.self) { try Self.load(itself) }
        #expect(error?.list.contains { $0.code == .cycle } == true)
        func half(_ id: String, _ other: String) -> String {
            "apiVersion: palimpsest/v1\nkind: Policy\nid: \(id)\ntitle: \(id)\nextends: [\(other)]\n"
        }
        let circle = #expect(throws: PolicyDiagnostics.self) {
            try Self.load(Self.child, half("one", "two"), half("two", "one"))
        }
        #expect(circle?.list.contains { $0.code == .cycle } == true)
    }

    @Test("tell that their limits for waivers are others")
    func limits() throws {
        let policy = try Self.load(Self.child + "waivers: {critical: 7, subjects: 3}\n")
        #expect(policy.waiverLimits.subjects == 3)
        let parent = Self.parent.replacing("parameters:", with: "waivers: {critical: 10}\nparameters:")
        let sources = [
            PolicySource(path: "framework.yaml", bytes: Array(Documents.framework.utf8)),
            PolicySource(path: "baseline.yaml", bytes: Array(parent.utf8)),
            PolicySource(
                path: "acme.yaml", bytes: Array((Self.child + "waivers: {critical: 90}\n").utf8)),
        ]
        let wider = try PolicyLoader.loadPolicy(sources, digest: Documents.digest)
        #expect(wider.tailoring.contains { $0.change == "critical 10 → 90 days" })
    }

    @Test("in a circle are refused")
    func circle() throws {
        let other = Self.parent.replacing("title: Baseline\n", with: "title: Baseline\nextends: [acme]\n")
        let sources = [
            PolicySource(path: "framework.yaml", bytes: Array(Documents.framework.utf8)),
            PolicySource(path: "baseline.yaml", bytes: Array(other.utf8)),
            PolicySource(path: "acme.yaml", bytes: Array(Self.child.utf8)),
        ]
        let error = #expect(throws: PolicyDiagnostics.self) {
            try PolicyLoader.loadPolicy(sources, digest: Documents.digest)
        }
        #expect(error?.list.contains { $0.code == .cycle } == true)
    }
}
