import Cryptography
import Testing

struct OpenSSHKeyTests {
    private func field(_ bytes: [UInt8]) -> [UInt8] {
        [0, 0, UInt8(bytes.count >> 8), UInt8(bytes.count & 0xff)] + bytes
    }

    private func field(_ text: String) -> [UInt8] { field(Array(text.utf8)) }

    /// The public key whose form in X.509 `info` is, as OpenSSH writes it.
    private func openSSH(_ type: String, _ info: [UInt8]) -> [UInt8] {
        let name = field(type)
        switch type {
        case "ssh-ed25519": return name + field(Array(info.suffix(32)))
        // 2048 bits, and the exponent that everybody has.
        case "ssh-rsa": return name + field(Array(info.suffix(3))) + field(Array(info[32..<289]))
        default:
            let curve = type.split(separator: "-").last ?? ""
            let point = info.suffix(curve == "nistp256" ? 65 : 133)
            return name + field(String(curve)) + field(Array(point))
        }
    }

    private static let keys = [
        ("ssh-ed25519", "ed25519"), ("ssh-rsa", "rsa -pkeyopt rsa_keygen_bits:2048"),
        ("ecdsa-sha2-nistp256", "ec -pkeyopt ec_paramgen_curve:P-256"),
        ("ecdsa-sha2-nistp521", "ec -pkeyopt ec_paramgen_curve:P-521"),
    ]

    @Test("a public key of OpenSSH is known as the same as a private key in PEM", arguments: keys)
    func pair(type: String, kind: String) throws {
        let (pem, info) = try OpenSSLProgram.run([
            "openssl genpkey -algorithm \(kind) -out key",
            "openssl pkey -in key -pubout -outform DER -out public",
        ]) { folder in
            let pem = try OpenSSLProgram.content(of: "key", in: folder)
            return (pem, try OpenSSLProgram.content(of: "public", in: folder))
        }
        let facts = try PrivateKeyFacts.parse(pem: pem.span)
        let key = openSSH(type, info)
        let spki = OpenSSHKey.spki(ofPublicKey: key)
        #expect(spki == facts.spki)
        #expect(spki != nil)
        for length in key.indices {
            let cut = OpenSSHKey.spki(ofPublicKey: Array(key.prefix(length)))
            #expect(cut == nil)
        }
    }

    @Test("a private key in OpenSSH's form tells its public key, under a passphrase too")
    func privateKey() throws {
        let key = field("ssh-ed25519") + field(Array(repeating: 3, count: 32))
        for cipher in ["none", "aes256-ctr"] {
            let bytes =
                Array("openssh-key-v1\0".utf8) + field(cipher) + field("bcrypt")
                + [0, 0, 0, 0, 0, 0, 0, 1]
                + field(key) + field(Array(repeating: 5, count: 64))
            let label = ["OPENSSH", "PRIVATE", "KEY"].joined(separator: " ")
            let text = "-----BEGIN \(label)-----\n\(Base64.encode(bytes))\n-----END \(label)-----\n"
            let facts = try PrivateKeyFacts.parse(pem: Array(text.utf8).span)
            let spki = OpenSSHKey.spki(ofPublicKey: key)
            #expect(facts.spki == spki)
            #expect(spki != nil)
        }
    }

    private func made(_ type: String, key: [UInt8], end: UInt64) -> [UInt8] {
        func number(_ value: UInt64) -> [UInt8] {
            [56, 48, 40, 32, 24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
        }
        return field("\(type)-cert-v01@openssh.com") + field(Array(repeating: 1, count: 32)) + key
            + number(7) + [0, 0, 0, 1] + field("deploy") + field(field("root"))
            + number(1_700_000_000) + number(end) + [UInt8](repeating: 0, count: 12)
            + field(field("ssh-ed25519") + field(Array(repeating: 4, count: 32)))
            + field(Array(repeating: 6, count: 83))
    }

    @Test(
        "a certificate of OpenSSH tells whose key it is for, until when, and whose it is",
        arguments: ["ssh-ed25519", "ssh-rsa"])
    func certificate(type: String) throws {
        let number = field([1, 0, 1]) + field([0] + [UInt8](repeating: 0xc1, count: 256))
        let key = type == "ssh-rsa" ? number : field([UInt8](repeating: 3, count: 32))
        let bytes = made(type, key: key, end: 1_800_000_000)
        let certificate = try #require(OpenSSHCertificate(bytes))
        #expect(certificate.name == "deploy")
        #expect(!certificate.isHost)
        #expect(certificate.notBefore == 1_700_000_000)
        #expect(certificate.notAfter == 1_800_000_000)
        #expect(certificate.publicKey == field(type) + key)
        let authority = OpenSSHKey.algorithm(ofPublicKey: certificate.authority)
        #expect(authority?.name == "Ed25519")
        let endless = OpenSSHCertificate(made(type, key: key, end: .max))
        #expect(endless != nil && endless?.notAfter == nil)
        for length in 0..<(bytes.count - 87) {
            let cut = OpenSSHCertificate(Array(bytes.prefix(length)))
            #expect(cut == nil)
        }
    }
}
