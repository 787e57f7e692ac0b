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

    @Test(
        "a line break behind a key in DER changes nothing about it",
        arguments: [[0x0a], [0x0d, 0x0a]] as [[UInt8]])
    func lineBreak(end: [UInt8]) throws {
        let key = try der("rsa")
        let finding = try #require(try Samples.scanner().sightings(in: key + end, path: "x").findings.first)
        #expect(finding.fingerprint == Samples.key.fingerprint(of: key.span))
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

    /// A field of SSH's formats.
    private static func field(_ bytes: [UInt8]) -> [UInt8] { [0, 0, 0, UInt8(bytes.count)] + bytes }

    private static func dropbear(_ type: String, _ lengths: [Int]) -> [UInt8] {
        field(Array(type.utf8)) + lengths.flatMap { field(Array(repeating: 7, count: $0)) }
    }

    /// A key table with a hole and a key of `length` bytes for `HTTP/web@CORP`.
    private static func keytab(keyLength length: UInt8) -> [UInt8] {
        let names = ["CORP", "HTTP", "web"]
        let principal: [UInt8] = names.flatMap { name -> [UInt8] in [0, UInt8(name.utf8.count)] + name.utf8 }
        let head: [UInt8] = [0, 0, 0, 1, 101, 0, 0, 0, 3, 0, 18, 0, length]
        let key = head + [UInt8](repeating: 9, count: Int(length))
        let entry: [UInt8] = [0, 2] + principal + key
        return [5, 2, 0xff, 0xff, 0xff, 0xfc, 0, 0, 0, 0, 0, 0, 0, UInt8(entry.count)] + entry
    }

    private static let onion = Array("== ed25519v1-secret: type0 ==\0\0\0".utf8)

    /// The first packet of a key as gpg writes one, of version 4, with this usage of its secret part.
    private static func openPGP(_ algorithm: UInt8, _ publicPart: [UInt8], usage: UInt8) -> [UInt8] {
        let body = [4, 0x68, 0, 0, 0, algorithm] + publicPart + [usage] + Array(repeating: 3, count: 60)
        return (algorithm == 1 ? [0x95, 0] : [0x94]) + [UInt8(body.count)] + body
    }

    private static let ed25519: [UInt8] =
        [9, 0x2b, 6, 1, 4, 1, 0xda, 0x47, 0x0f, 1, 1, 7] + [0x40]
        + Array(repeating: 8, count: 32)
    private static let rsa: [UInt8] = [0, 64] + Array(repeating: 8, count: 8) + [0, 17, 1, 0, 1]

    @Test(
        "what holds secrets in a binary form of its own is found by how it is built",
        arguments: [
            ("key-file.keytab", FindingKind.privateKey, keytab(keyLength: 32)),
            ("key-file.dropbear", .privateKey, dropbear("ssh-ed25519", [64])),
            ("key-file.dropbear", .privateKey, dropbear("ssh-rsa", [3, 129, 128, 65, 65])),
            ("key-file.dropbear", .privateKey, dropbear("ecdsa-sha2-nistp256", [8, 65, 32])),
            ("key-file.onion-service", .privateKey, onion + Array(repeating: 5, count: 64)),
            ("key-file.keepass", .keystore, [3, 0xd9, 0xa2, 0x9a, 0x67] + Array(repeating: 1, count: 40)),
            ("key-file.openpgp", .privateKey, openPGP(22, ed25519, usage: 0)),
            ("key-file.openpgp", .encryptedKey, openPGP(22, ed25519, usage: 254)),
            ("key-file.openpgp", .privateKey, openPGP(1, rsa, usage: 0)),
            ("key-file.keyring", .keystore, Array("GnomeKeyring\n\r\0\n".utf8) + [0, 0, 0, 0, 0, 0, 0]),
        ])
    func forms(rule: String, kind: FindingKind, bytes: [UInt8]) throws {
        let findings = try Samples.scanner().sightings(in: bytes, path: "opt/data").findings
        #expect(findings.map(\.rule) == [rule])
        #expect(findings.map(\.kind) == [kind])
    }

    @Test(
        "a public key, a table without a key, and what is longer or shorter than it says are none",
        arguments: [
            dropbear("ssh-ed25519", [32]), dropbear("ssh-rsa", [3, 129]), dropbear("ssh-ed25519", [64]) + [0],
            keytab(keyLength: 0), Array(keytab(keyLength: 32).dropLast()), keytab(keyLength: 32) + [1],
            openPGP(99, ed25519, usage: 0), Array(openPGP(1, rsa, usage: 0).dropLast()),
            openPGP(22, Array(ed25519.prefix(20)) + Array(repeating: 0, count: 8), usage: 0).prefix(40) + [],
            [5, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], onion + Array(repeating: 5, count: 63),
        ] as [[UInt8]])
    func others(bytes: [UInt8]) throws {
        #expect(try Samples.scanner().sightings(in: bytes, path: "opt/data").findings.isEmpty)
    }
}
