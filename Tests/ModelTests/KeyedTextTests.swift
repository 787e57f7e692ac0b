import FoundationEssentials
import Testing

@testable import Model

@Suite struct KeyedTextTests {
    private static let digest = "sha256:" + String(repeating: "a", count: 64)

    private static func layer(_ digest: String) -> String {
        #"{"diffID":"\#(Self.digest)","digest":\#(digest),"index":0}"#
    }

    /// What is told of a mistake: the place in the document, and the reason.
    private func mistake(_ json: String) throws -> (place: [String], reason: String)? {
        do {
            _ = try JSONDecoder().decode([Location].self, from: Data(json.utf8))
            return nil
        } catch DecodingError.dataCorrupted(let context), DecodingError.typeMismatch(_, let context) {
            return (
                context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue },
                context.debugDescription
            )
        }
    }

    @Test("a text that stands for no value is told with its place and the form it should have")
    func forms() throws {
        let found = try #require(try mistake(#"[{"layer":\#(Self.layer(#""sha256:x""#)),"path":"/a"}]"#))
        #expect(found.place == ["0", "layer", "digest"])
        #expect(found.reason == Digest.fault)
        let path = try #require(
            try mistake(#"[{"layer":\#(Self.layer("\"\(Self.digest)\"")),"path":"/a\\q"}]"#))
        #expect(path.place == ["0", "path"])
        #expect(path.reason == EntryPath.fault)
    }

    @Test("what should be a text and is none is told with its place")
    func types() throws {
        let found = try #require(try mistake(#"[{"layer":\#(Self.layer("7"))}]"#))
        #expect(found.place == ["0", "layer", "digest"])
    }

    @Test("a word that is none of ours is told as the standard library tells it")
    func words() throws {
        let json = #"{"detector":"d","rule":"r","kind":"key.golden"}"#
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Witness.self, from: Data(json.utf8))
        }
        guard case .dataCorrupted(let context)? = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(context.codingPath.map(\.stringValue) == ["kind"])
        #expect(
            context.debugDescription == "Cannot initialize FindingKind from invalid String value key.golden")
    }

    @Test("a word that may be missing is nil where it is, and an error where it is none of ours")
    func missing() throws {
        func severity(_ member: String) throws -> Severity? {
            let json = #"{"detector":"d","rule":"r","kind":"other"\#(member)}"#
            return try JSONDecoder().decode(Witness.self, from: Data(json.utf8)).severity
        }
        #expect(try severity("") == nil)
        #expect(try severity(#","severity":null"#) == nil)
        #expect(try severity(#","severity":"low""#) == .low)
        #expect(throws: DecodingError.self) { try severity(#","severity":"dire""#) }
    }

    @Test(
        "what is noted of something is read as what it is, whatever such a value should be",
        arguments: ["keyBits", "encrypted", "algorithm", "expires", "something else"])
    func attributes(name: String) throws {
        let values: [AttributeValue] = [
            .text("2048"), .text("true"), .text(""), .number(2048), .number(0), .flag(true), .flag(false),
            .instant(Instant(seconds: 5)), .text("1970-01-01T00:00:05+00:00"),
        ]
        for value in values {
            let item = InventoryItem(
                id: "i", detector: "d", type: .key, title: "t", location: Location(config: "User"),
                persistence: .metadata, origin: .metadata, attributes: [name: value, "other": .text("x")])
            let read = try JSONDecoder().decode(InventoryItem.self, from: JSONEncoder().encode(item))
            #expect(read == item)
        }
    }

    @Test("findings that have much in common are read as they were written")
    func common() throws {
        let digests = [1, 2].map { Digest(sha256: Array(repeating: $0, count: 32)) }
        let findings = (0..<8).map { number in
            Finding(
                id: "\(number)", detector: "a detector with a long name",
                rule: "a rule with a long name \(number / 4)",
                kind: .other, title: "short", severity: .low, confidence: .low,
                confidenceReason: number % 2 == 0 ? nil : "a reason that two of them share",
                location: Location(
                    // One index, and two layers: no document of ours, but what is read is what was there.
                    layer: .init(index: 0, digest: digests[number % 2], diffID: digests[number / 4]),
                    path: EntryPath("a")),
                createdBy: number < 2 ? nil : "RUN something that is long", persistence: .present,
                origin: .step)
        }
        let evidence = Evidence(
            image: ImageFacts(
                name: "x", digest: digests[0], platform: "linux/amd64", created: nil, configDigest: digests[1]
            ),
            layers: [], findings: findings, inventory: [], gaps: [], receipts: [], fingerprintKey: "01234567")
        let read = try JSONDecoder().decode(Evidence.self, from: JSONEncoder().encode(evidence))
        #expect(read == evidence)
    }
}
