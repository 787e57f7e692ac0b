import Cryptography
import Detection
import Model
import Testing

@Suite struct KeyFileDetectorTests {
    /// The DER form of an example key.
    private func der(_ kind: String) throws -> [UInt8] {
        let text = ExampleText.expand("<privatekey:\(kind)>", seed: kind)
        let bytes = Array(text.utf8)
        let block = PEMBlock(bytes.span)
        return try #require(block).body
    }

    @Test(
        "a private key in DER is found, whatever its form",
        arguments: [
            ("pkcs8", FindingKind.privateKey, "Ed25519"), ("rsa", .privateKey, "RSA"),
            ("ec", .privateKey, "EC"),
            ("pkcs8-encrypted", .encryptedKey, nil),
        ] as [(String, FindingKind, String?)])
    func keys(kind: String, expected: FindingKind, algorithm: String?) throws {
        let bytes = try der(kind)
        let sightings = try Samples.scanner().sightings(in: bytes, path: "srv/key.der")
        let finding = try #require(sightings.findings.first)
        #expect(finding.kind == expected)
        #expect(finding.attributes["algorithm"] == algorithm.map(AttributeValue.text))
        #expect(finding.place.length == bytes.count)
        #expect(finding.place.line == nil)
        #expect(finding.fingerprint == Samples.key.fingerprint(of: bytes.span))
        #expect(sightings.items.map(\.type) == [.key])
    }

    @Test("a key that is a part of a larger file is not taken for the file")
    func longer() throws {
        #expect(try Samples.scanner().sightings(in: try der("rsa") + [0], path: "x").isEmpty)
    }

    @Test("a Java key store is found by what it holds, not by its name")
    func java() throws {
        let store: [UInt8] =
            [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0x6b]
            + Array(repeating: 0, count: 40)
        let finding = try #require(
            try Samples.scanner().sightings(in: store, path: "opt/data").findings.first)
        #expect(finding.kind == .keystore)
        #expect(finding.rule == "key-file.jks")
    }
}
