import Model
import Testing

@testable import Evaluation

@Suite("Which image is which")
struct ImagePairingTests {
    private static func audit(_ name: String, _ platform: String = "linux/amd64") -> AuditedImage {
        var image = Sample.image
        image.name = name
        image.platform = platform
        let assessment = Assessment(
            image: image, asOf: Sample.now,
            policy: .init(id: "test", title: "a policy", digest: Sample.digest(1)), status: .pass,
            reason: "", rules: [], controls: [])
        return AuditedImage(assessment, of: nil, under: nil)
    }

    private static func pairs(_ before: [AuditedImage], _ after: [AuditedImage]) throws -> [[String?]] {
        try ImagePairing.pairs(before, after).map { [$0.before?.image.name, $0.after?.image.name] }
    }

    @Test("by name and platform, then by the name without its tag, and the only one is the only one")
    func paired() throws {
        #expect(try Self.pairs([Self.audit("a")], [Self.audit("b", "linux/arm64")]) == [["a", "b"]])
        #expect(
            try Self.pairs(
                [Self.audit("x/app:1"), Self.audit("x/db:1"), Self.audit("old")],
                [Self.audit("x/db:1"), Self.audit("x/app:2"), Self.audit("new")])
                == [[nil, "new"], ["old", nil], ["x/app:1", "x/app:2"], ["x/db:1", "x/db:1"]])
        let platforms = try ImagePairing.pairs(
            [Self.audit("a"), Self.audit("a", "linux/arm64")],
            [Self.audit("a", "linux/arm64"), Self.audit("a")])
        #expect(platforms.allSatisfy { $0.before?.image.platform == $0.after?.image.platform })
    }

    @Test("nobody guesses where several could be meant")
    func ambiguous() {
        #expect(throws: ImagePairing.Ambiguity.self) {
            try Self.pairs([Self.audit("app:1"), Self.audit("app:2")], [Self.audit("app:3")])
        }
        #expect(throws: ImagePairing.Ambiguity.self) {
            try Self.pairs([Self.audit("a"), Self.audit("a")], [Self.audit("a"), Self.audit("b")])
        }
    }
}
