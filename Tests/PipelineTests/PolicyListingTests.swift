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
}
