import Detection
import ImageWriting
import Model
import Testing

@testable import Pipeline

struct ImageComparisonTests {
    /// The evidence of an image of this name with these secrets.
    private static func evidence(
        _ name: String, _ seeds: UInt64..., environment: String? = nil, salt: String = ""
    ) async throws -> Evidence {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var layer = LayerBuilder()
        layer.file("app/name", name + salt)
        for seed in seeds { layer.file(StoredName("app/\(seed).env"), "KEY=\(Samples.token(seed))\n") }
        image.layer(layer, createdBy: "COPY . /app")
        var evidence = try await Samples.evidence(of: image)
        evidence.image.name = name
        evidence.image.environment = environment
        return evidence
    }

    private static func sharing(_ evidence: Evidence) -> [String: [String]] {
        Dictionary(
            evidence.findings.compactMap { finding in
                finding.location.path.map { ($0.description, (finding.sharedWith ?? []).map(\.name)) }
            }
        ) { first, _ in first }
    }

    @Test("each image says which of its secrets the others hold, whatever the order they were given in")
    func shared() async throws {
        let all = [
            try await Self.evidence("a", 1, 2), try await Self.evidence("b", 2, 3),
            try await Self.evidence("c", 2, 1),
        ]
        let noted = ImageComparison.noted(in: all, unread: 0)
        #expect(Self.sharing(noted[0]) == ["/app/1.env": ["c"], "/app/2.env": ["b", "c"]])
        #expect(Self.sharing(noted[1]) == ["/app/2.env": ["a", "c"], "/app/3.env": []])
        #expect(noted[0].comparedWith?.map(\.name) == ["b", "c"])
        let turned = ImageComparison.noted(in: all.reversed(), unread: 0)
        #expect(Array(turned.reversed()) == noted)
        for evidence in noted {
            let receipt = try #require(evidence.receipts.first { $0.detector == "palimpsest.comparison" })
            #expect(receipt.provides == [.comparison] && receipt.outcome == .completed)
            #expect(receipt.target == evidence.image.digest)
        }
    }

    @Test("one image, and platforms of one image, are compared with nothing")
    func alone() async throws {
        let one = try await Self.evidence("a", 1)
        let other = try await Self.evidence("a", 1, salt: "arm64")
        #expect(ImageComparison.noted(in: [one], unread: 0) == [one])
        #expect(ImageComparison.noted(in: [one, other], unread: 0) == [one, other])
    }

    @Test("an image of another name with the same digest is the same image")
    func sameDigest() async throws {
        let one = try await Self.evidence("a", 1)
        var alias = one
        alias.image.name = "b"
        #expect(ImageComparison.noted(in: [one, alias], unread: 0) == [one, alias])
    }

    @Test("an image is told from what is called like it, whatever other names that image has in the run")
    func twins() async throws {
        let prod = try await Self.evidence("oci:prod", 1)
        let other = try await Self.evidence("oci:x/prod", 1, salt: "another")
        var twin = prod
        twin.image.name = "oci:dup"
        for all in [[prod, other], [prod, other, twin], [twin, other, prod]] {
            let noted = ImageComparison.noted(in: all, unread: 0)
            let names = noted.map { evidence in evidence.image.slug(among: evidence.comparedWith ?? []) }
            let wanted = ["oci:prod": "prod", "oci:x/prod": "x-prod", "oci:dup": "dup"]
            #expect(names == all.map { wanted[$0.image.name] ?? "" })
            // One image all the same.
            let sharing = noted.first { $0.image.name == "oci:x/prod" }?.findings.first?.sharedWith
            #expect(sharing?.count == 1)
        }
    }

    @Test("the same image in another environment is another image, and a secret in it shared")
    func sameDigestElsewhere() async throws {
        let one = try await Self.evidence("a", 1, environment: "production")
        var test = one
        (test.image.name, test.image.environment) = ("b", "test")
        var again = test
        again.image.name = "c"
        let noted = ImageComparison.noted(in: [one, test, again], unread: 0)
        #expect(noted[0].comparedWith?.map(\.environment) == ["test"])
        #expect(noted.allSatisfy { $0.findings[0].attributes["sharedEnvironments"] == .number(1) })
        #expect(noted[1].comparedWith?.map(\.environment) == ["production"])
    }

    @Test("another tool's receipt does not stand in for what our own detectors left out")
    func partial() async throws {
        let one = try await Self.evidence("a", 1)
        let other = try await Self.evidence("b", 1)
        let own = try #require(other.receipts.first { $0.provides.contains(.secrets) })
        func receipt(_ tool: String, _ outcome: Receipt.Outcome, _ imported: ImportFacts?) -> Receipt {
            Receipt(
                detector: own.detector, tool: tool, version: "1", rules: nil, target: own.target,
                provides: [.secrets], layers: own.layers, metadata: true, outcome: outcome,
                imported: imported)
        }
        let foreign = ImportFacts(format: "gitleaks", digest: own.target, binding: .digest)
        let partial = Evidence(
            image: other.image, layers: other.layers, findings: other.findings, inventory: [], gaps: [],
            receipts: [
                receipt(Product.name, .incomplete, nil), receipt("gitleaks", .completed, foreign),
            ], fingerprintKey: other.fingerprintKey)
        let noted = ImageComparison.noted(in: [one, partial], unread: 0)
        let comparison = try #require(noted[0].receipts.first { $0.detector == "palimpsest.comparison" })
        #expect(comparison.outcome == .incomplete)
    }

    @Test("environments are counted but for the image's own, and not where one is unknown")
    func environments() async throws {
        let own = try await Self.evidence("a", 1, 2, 3, environment: "production")
        let same = try await Self.evidence("b", 1, environment: "production")
        let test = try await Self.evidence("c", 2, environment: "test")
        let unknown = try await Self.evidence("d", 3)
        func count(_ others: [Evidence]) -> [AttributeValue?] {
            ImageComparison.noted(in: [own] + others, unread: 0)[0].findings
                .map { $0.attributes["sharedEnvironments"] }
        }
        #expect(count([same, test]) == [.number(0), .number(1), .number(0)])
        #expect(count([same, test, unknown]) == [.number(0), .number(1), nil])
        let receipts = ImageComparison.noted(in: [own, same, test], unread: 0)[0].receipts
        #expect(receipts.contains { $0.provides == [.comparison, .environments] })
        let partial = ImageComparison.noted(in: [own, unknown], unread: 0)[0].receipts
        #expect(!partial.contains { $0.provides.contains(.environments) })
    }

    @Test("an image of the run that could not be read leaves the comparison of the others incomplete")
    func unread() async throws {
        let one = try await Self.evidence("a", 1)
        let noted = ImageComparison.noted(in: [one], unread: 1)
        let receipt = try #require(noted[0].receipts.first { $0.detector == "palimpsest.comparison" })
        #expect(receipt.outcome == .incomplete && receipt.reason?.contains("could not be read") == true)
    }
}
