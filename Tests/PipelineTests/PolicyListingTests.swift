import TestSupport
import Testing

@testable import Pipeline

/// What `policy check` says of what it is given.
struct PolicyListingTests {
    private static let policy = """
        apiVersion: palimpsest/v1
        kind: Policy
        id: acme
        title: Acme
        extends: [baseline]
        """

    private static func test(_ wanted: String) -> String {
        """
        apiVersion: palimpsest/v1
        kind: PolicyTest
        policy: acme
        cases:
          - name: nothing is found
            evidence: {}
            wants: {image: \(wanted)}
        """
    }

    private static func check(_ paths: [String]) throws(AuditError) -> [String] {
        try PolicyListing.check(paths)
    }

    @Test("a policy is told with its coverage, and the cases beside it with their number")
    func both() throws {
        let scratch = try ScratchFolder()
        try scratch.write(Self.policy, to: "acme/policy.yaml")
        try scratch.write(Self.test("manual"), to: "acme/tests.yaml")
        let alone = try Self.check([scratch.file("acme/policy.yaml")])
        #expect(alone.first?.hasPrefix("policy acme: ") == true)
        for paths in [
            [scratch.file("acme")], [scratch.file("acme/policy.yaml"), scratch.file("acme/tests.yaml")],
        ] {
            #expect(try Self.check(paths) == alone + ["policy acme: 1 case tests it"])
        }
    }

    @Test("authorities that images may trust are checked with the baseline where no policy is given")
    func anchorsAlone() throws {
        let scratch = try ScratchFolder()
        let anchors = """
            apiVersion: palimpsest/v1
            kind: TrustAnchors
            anchors:
              - {name: Acme Root, reason: ours, sha256: "\(String(repeating: "a", count: 64))"}
            """
        try scratch.write(anchors, to: "anchors.yaml")
        #expect(try Self.check([scratch.file("anchors.yaml")]).first?.hasPrefix("policy baseline: ") == true)
        try scratch.write(anchors.replacing("reason", with: "season"), to: "anchors.yaml")
        let error = #expect(throws: AuditError.self) { try Self.check([scratch.file("anchors.yaml")]) }
        #expect(error?.reason.contains("anchors.yaml:4") == true)
    }

    @Test(
        "a file of tests is checked where it is all that is given, and a mistake in one is told with its place"
    )
    func testsAlone() throws {
        let scratch = try ScratchFolder()
        let path = scratch.file("tests.yaml")
        let test = Self.test("manual").replacing("policy: acme", with: "policy: baseline")
        try scratch.write(test, to: "tests.yaml")
        for path in [path, scratch.path] {
            #expect(try Self.check([path]) == ["policy baseline: 1 case tests it"])
        }
        let both = try Self.check(["baseline", path])
        #expect(both == (try Self.check([])) + ["policy baseline: 1 case tests it"])
        try scratch.write(test.replacing("image: manual", with: "image: fine"), to: "tests.yaml")
        let error = #expect(throws: AuditError.self) { try Self.check([path]) }
        #expect(error?.description.contains("tests.yaml:7:") == true)
    }

    private static func waiver(of rule: String) -> String {
        """
        apiVersion: palimpsest/v1
        kind: Waivers
        waivers:
          - id: trial
            rule: \(rule)
            images: [oci:trial]
            justification: it is revoked
            owner: Build
            approver: Risk
            ticket: RISK-7
            created: 2026-11-01
            expires: 2026-11-30
        """
    }

    @Test("what people signed is held against the policy beside it, or else the baseline")
    func signOffs() throws {
        let scratch = try ScratchFolder()
        let path = try scratch.write(Self.waiver(of: "secrets.visible"), to: "waivers.yaml")
        let policy = try scratch.write(Self.policy, to: "policy.yaml")
        for (paths, name) in [([path], "baseline"), ([path, policy], "acme")] {
            let lines = try Self.check(paths)
            #expect(lines.first?.hasPrefix("policy \(name): ") == true)
            #expect(lines.last?.hasPrefix("signed: 1 waiver, digest sha256:") == true)
        }
        try scratch.write(Self.waiver(of: "secrets.visibel"), to: "waivers.yaml")
        let error = #expect(throws: AuditError.self) { try Self.check([path]) }
        #expect(error?.description.contains("waivers.yaml:5:") == true)
        #expect(error?.description.contains("did you mean \"secrets.visible\"?") == true)
    }

    @Test("a built-in policy whose name is misspelled is told, where one extends it and where it is named")
    func misspelled() throws {
        let scratch = try ScratchFolder()
        let mistaken = Self.policy.replacing("[baseline]", with: "[agnetic]")
        let path = try scratch.write(mistaken, to: "acme.yaml")
        for name in [path, "agnetic"] {
            let error = #expect(throws: AuditError.self) { try Self.check([name]) }
            #expect(error?.description.contains("did you mean \"agentic\"?") == true)
        }
    }
}
