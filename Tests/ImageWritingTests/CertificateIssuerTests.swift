import Cryptography
import TestSupport
import Testing

@Suite("Issuing certificates")
struct CertificateIssuerTests {
    private let authority = CertificateIssuer.Name(
        commonName: "Test Root", organization: "Example", country: "DE")

    private func request(_ name: CertificateIssuer.Name, isCA: Bool) -> CertificateIssuer.Request {
        CertificateIssuer.Request(
            subject: name, serial: 0xabc, notBefore: 1_577_836_800, notAfter: 1_735_689_599, isCA: isCA,
            hosts: isCA ? [] : ["agent.example"])
    }

    @Test("openssl reads the fields, and accepts the chain inside its dates")
    func readByOpenSSL() throws {
        let rootKey = try Ed25519Key.from(seed: [UInt8](repeating: 1, count: 32))
        let leafKey = try Ed25519Key.from(seed: [UInt8](repeating: 2, count: 32))
        let root = try CertificateIssuer.selfSigned(request(authority, isCA: true), key: rootKey)
        let leaf = try CertificateIssuer.issue(
            request(CertificateIssuer.Name(commonName: "agent"), isCA: false), for: leafKey,
            issuer: authority,
            signedBy: rootKey)
        let scratch = try ScratchFolder()
        let rootFile = try scratch.write(root.pem, to: "root.pem")
        let leafFile = try scratch.write(leaf.pem, to: "leaf.pem")
        let openssl = try #require(ProgramRunner(tool: "openssl"))
        let text = try openssl.run(["x509", "-in", rootFile, "-noout", "-text"]).outputText
        for part in [
            "C = DE, O = Example, CN = Test Root", "CA:TRUE", "Not Before: Jan  1 00:00:00 2020 GMT",
            "Not After : Dec 31 23:59:59 2024 GMT", "2748 (0xabc)", "ED25519",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        let verified = try openssl.run([
            "verify", "-attime", "1700000000", "-CAfile", rootFile, leafFile,
        ])
        #expect(verified.status == 0, "\(verified.errorText)")
        #expect(try openssl.run(["verify", "-CAfile", rootFile, leafFile]).status != 0)
    }

    @Test("the same request gives the same bytes, and the key reads back as PKCS#8")
    func deterministic() throws {
        let key = try Ed25519Key.from(seed: [UInt8](repeating: 3, count: 32))
        let first = try CertificateIssuer.selfSigned(request(authority, isCA: true), key: key)
        #expect(try CertificateIssuer.selfSigned(request(authority, isCA: true), key: key) == first)
        let openssl = try #require(ProgramRunner(tool: "openssl"))
        let outcome = try openssl.run(
            ["pkey", "-noout", "-text"], input: Array(try key.privateKeyPEM().utf8))
        #expect(outcome.outputText.contains("ED25519 Private-Key"))
        #expect(try key.publicKeyPEM().contains("PUBLIC KEY"))
    }

    @Test("a seed of another length is refused", arguments: [0, 31, 33])
    func wrongSeed(count: Int) {
        #expect(throws: IssuingError.self) {
            _ = try Ed25519Key.from(seed: [UInt8](repeating: 0, count: count))
        }
    }
}
