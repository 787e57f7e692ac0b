import Model
import PolicyLoading
import Testing

@Suite struct TrustAnchorsTests {
    private static let digest = String(repeating: "0a", count: 32)
    private static let document = """
        apiVersion: palimpsest/v1
        kind: TrustAnchors
        anchors:
          - name: Corporate root
            sha256: "\(digest)"
            reason: Approved by the CA board.
            until: 2027-12-31
          - name: Plant root
            spki: "\(Array(repeating: "0A", count: 32).joined(separator: ":"))"
            reason: Machines of the plant show it.

        """

    private static func load(replacing old: String = "", with new: String = "") throws(PolicyDiagnostics)
        -> Policy
    {
        let text = old.isEmpty ? document : document.replacing(old, with: new)
        return try PolicyLoader.loadPolicy(
            [
                Documents.source("framework.yaml", Documents.framework),
                Documents.source("policy.yaml", Documents.policy), Documents.source("anchors.yaml", text),
            ], digest: Documents.digest)
    }

    @Test("anchors load beside a policy, by certificate or key, in either spelling of a digest")
    func loads() throws {
        let anchors = try Self.load().anchors
        #expect(anchors.map(\.name) == ["Corporate root", "Plant root"])
        #expect(anchors.first?.sha256 == Self.digest)
        #expect(anchors.first?.until == Instant("2027-12-31T00:00:00Z"))
        #expect(anchors.last?.spki == Self.digest)
        #expect(anchors.last?.until == nil)
        #expect(anchors.first?.source == "anchors.yaml:4")
    }

    @Test("without a policy it is not the frameworks, which are built in, that lack one")
    func withoutPolicy() {
        let error = #expect(throws: PolicyDiagnostics.self) {
            try PolicyLoader.loadPolicy(
                [
                    Documents.source("framework.yaml", Documents.framework),
                    Documents.source("zz-anchors.yaml", Self.document),
                ], digest: Documents.digest)
        }
        #expect(error?.description.hasPrefix("zz-anchors.yaml:1:1") == true)
    }

    @Test(
        "a mistake in an anchor is told where it stands",
        arguments: [
            Mistake("until: 2027-12-31", "until: soon", .malformed, "7:12", "must be a date"),
            Mistake(
                "until: 2027-12-31", "till: 2027-12-31", .unknownKey, "7:5", "no key \"till\""),
            Mistake("sha256: \"0a", "sha256: \"0", .malformed, "5:13", "64 hexadecimal digits"),
            Mistake("    reason: Machines of the plant show it.\n", "", .missingKey, "8:5", "\"reason\""),
            Mistake("Plant root", "Corporate root", .duplicate, "8:11", "a second time"),
            Mistake(
                "    spki: \"\(Array(repeating: "0A", count: 32).joined(separator: ":"))\"\n", "",
                .missingKey,
                "8:5", "\"sha256\" or \"spki\""),
        ])
    func mistakes(mistake: Mistake) {
        let found: [Diagnostic]
        do throws(PolicyDiagnostics) {
            _ = try Self.load(replacing: mistake.old, with: mistake.new)
            found = []
        } catch {
            found = error.list
        }
        mistake.check(found)
    }
}
