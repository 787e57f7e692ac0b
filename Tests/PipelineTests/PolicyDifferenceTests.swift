import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What one policy says otherwise than another, and what that changes for an image that was looked at.
struct PolicyDifferenceTests {
    private static let asOf = Instant(seconds: 1_790_000_000)

    private static let policy = """
        apiVersion: palimpsest/v1
        kind: Policy
        id: trial
        title: Trial
        waivers: {high: 30, subjects: 5, notice: 7}
        rules:
          - id: trial.leak
            title: Nothing leaks
            rationale: Because.
            requires: [secrets]
            each: finding
            match: {field: kind, glob: credential.*}
            effect: fail
            severity: high
            remediation: Rotate it.
            controls:
              - control: NHI2:2025
                relation: direct
                rationale: It leaks.
        """

    /// The lines that tell of `old` becoming `new` in the policy.
    private static func lines(
        _ changes: [(old: String, new: String)], over evidence: [StoredEvidence] = []
    ) throws -> [String] {
        let scratch = try ScratchFolder()
        try scratch.write(policy, to: "old.yaml")
        var changed = policy
        for change in changes {
            try #require(changed.contains(change.old), "\(change.old) is not in the policy")
            changed = changed.replacing(change.old, with: change.new)
        }
        try scratch.write(changed, to: "new.yaml")
        let difference = try PolicyDifference.lines(
            from: scratch.file("old.yaml"), to: scratch.file("new.yaml"), over: evidence, asOf: asOf)
        #expect(difference.isNone == difference.lines.isEmpty)
        return difference.lines
    }

    @Test("is nothing where only words and places differ")
    func none() throws {
        #expect(
            try Self.lines([("Because.", "For good reasons."), ("id: trial.leak", "id: 'trial.leak'")]) == [])
    }

    @Test(
        "is told rule by rule, in words",
        arguments: [
            ("effect: fail", "effect: warn", "~ trial.leak  effect fail → warn"),
            ("severity: high", "severity: low", "~ trial.leak  severity high → low"),
            ("effect: fail", "atMost: 2\n    effect: fail", "~ trial.leak  at most 0 → 2"),
            ("[secrets]", "[secrets, certificates]", "~ trial.leak  needs other evidence"),
            ("effect: fail", "detectors: [trivy]\n    effect: fail", "~ trial.leak  needs other evidence"),
            (
                "each: finding", "appliesTo: {field: platform, equals: linux/amd64}\n    each: finding",
                "~ trial.leak  is about other images"
            ),
            ("credential.*", "key.*", "~ trial.leak  is broken by other things: kind fits key.*"),
            ("relation: direct", "relation: indicator", "~ trial.leak  speaks otherwise of controls"),
            ("Rotate it.", "Revoke it.", "~ trial.leak  another remediation"),
            ("high: 30", "high: 60", "~ waivers  high 30 → 60 days"),
            ("subjects: 5", "subjects: 50", "~ waivers  things 5 → 50"),
        ])
    func rules(old: String, new: String, line: String) throws {
        #expect(try Self.lines([(old, new)]) == [line])
    }

    @Test("names the rules that came and went")
    func cameAndWent() throws {
        #expect(
            try Self.lines([("trial.leak", "trial.other")])
                == ["- trial.leak  fail high", "+ trial.other  fail high"])
    }

    @Test("shows what becomes of an image that was looked at: its status, its rules, their controls")
    func evidence() async throws {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var layer = LayerBuilder()
        layer.file("app/.env", "GITHUB_TOKEN=\(Samples.token())\n")
        image.layer(layer, createdBy: "COPY . /app")
        let json = try Samples.json(try await Samples.evidence(of: image))
        let stored = StoredEvidence(place: "app.json", bytes: Array(json.utf8))
        let lines = try Self.lines([("effect: fail", "effect: warn")], over: [stored])
        #expect(
            lines == [
                "~ trial.leak  effect fail → warn", "app.json: image  fail → warn",
                "app.json: trial.leak  fail → warn", "app.json: NHI2:2025  fail → warn",
            ])
    }

    @Test("a policy that cannot be read is an error, and no difference")
    func broken() {
        #expect(throws: AuditError.self) { try Self.lines([("severity: high", "severity: hihg")]) }
    }
}
