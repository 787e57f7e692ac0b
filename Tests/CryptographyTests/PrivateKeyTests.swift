import Cryptography
import Foundation
import Testing

@Suite struct PrivateKeyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let commands: [String]
        let facts: PrivateKeyFacts
        var testDescription: String { commands.last ?? "" }
    }

    static let pem = [
        Case(
            commands: ["openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key"],
            facts: PrivateKeyFacts(algorithm: "RSA", bits: 2048, encrypted: false)),
        Case(
            commands: ["openssl genrsa -traditional -out key 1024"],
            facts: PrivateKeyFacts(algorithm: "RSA", bits: 1024, encrypted: false)),
        Case(
            commands: ["openssl genrsa -traditional -aes128 -passout pass:x -out key 1024"],
            facts: PrivateKeyFacts(algorithm: "RSA", bits: nil, encrypted: true)),
        Case(
            commands: ["openssl ecparam -name prime256v1 -genkey -noout -out key"],
            facts: PrivateKeyFacts(algorithm: "EC", bits: 256, encrypted: false)),
        Case(
            commands: ["openssl genpkey -algorithm ed25519 -out key"],
            facts: PrivateKeyFacts(algorithm: "Ed25519", bits: 256, encrypted: false)),
        Case(
            commands: ["openssl genpkey -algorithm ed25519 -aes256 -pass pass:x -out key"],
            facts: PrivateKeyFacts(algorithm: nil, bits: nil, encrypted: true)),
    ]

    /// Without the digest of the public key, which is another in every run.
    private static func told(_ facts: PrivateKeyFacts) -> PrivateKeyFacts {
        PrivateKeyFacts(algorithm: facts.algorithm, bits: facts.bits, encrypted: facts.encrypted)
    }

    @Test("a key and the certificate made of it have the same public key, another key has not")
    func pair() throws {
        let pem = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -days 30 -subj /CN=Root"
        let (key, certificate, other) = try OpenSSLProgram.run([
            pem, "openssl genpkey -algorithm ed25519 -out other",
        ]) { folder in
            (
                Array(try Data(contentsOf: folder.appending(path: "key"))),
                Array(try Data(contentsOf: folder.appending(path: "cert"))),
                Array(try Data(contentsOf: folder.appending(path: "other")))
            )
        }
        let spki = try #require(try PrivateKeyFacts.parse(pem: key.span).spki)
        #expect(spki.count == 64)
        #expect(try Certificate.parse(pem: certificate.span).spki == spki)
        #expect(try PrivateKeyFacts.parse(pem: other.span).spki != spki)
    }

    @Test("a PEM key tells its kind, size and whether it takes a passphrase", arguments: pem)
    func facts(sample: Case) throws {
        let key = try OpenSSLProgram.run(sample.commands) { folder in
            Array(try Data(contentsOf: folder.appending(path: "key")))
        }
        #expect(try Self.told(PrivateKeyFacts.parse(pem: key.span)) == sample.facts)
        // As it stands in a JSON string.
        let escaped = String(decoding: key, as: UTF8.self).replacing("\n", with: "\\n")
        #expect(try Self.told(PrivateKeyFacts.parse(pem: Array(escaped.utf8).span)) == sample.facts)
    }

    static let der = [
        Case(
            commands: ["openssl genpkey -algorithm RSA -outform DER -out key"],
            facts: PrivateKeyFacts(algorithm: "RSA", bits: 2048, encrypted: false)),
        Case(
            commands: [
                "openssl genrsa -out pem 2048", "openssl rsa -in pem -traditional -outform DER -out key",
            ],
            facts: PrivateKeyFacts(algorithm: "RSA", bits: 2048, encrypted: false)),
        Case(
            commands: [
                "openssl ecparam -name secp384r1 -genkey -noout -out pem",
                "openssl ec -in pem -outform DER -out key",
            ],
            facts: PrivateKeyFacts(algorithm: "EC", bits: 384, encrypted: false)),
        Case(
            commands: [
                "openssl genrsa -out pem 2048",
                "openssl pkcs8 -topk8 -in pem -passout pass:x -outform DER -out key",
            ],
            facts: PrivateKeyFacts(algorithm: nil, bits: nil, encrypted: true)),
    ]

    @Test("a DER key tells the same", arguments: der)
    func derFacts(sample: Case) throws {
        let key = try OpenSSLProgram.run(sample.commands) { folder in
            Array(try Data(contentsOf: folder.appending(path: "key")))
        }
        #expect(try Self.told(PrivateKeyFacts.parse(der: key.span)) == sample.facts)
    }

    @Test("what is no key is an error, not a question for a passphrase")
    func none() throws {
        let certificate = try OpenSSLProgram.make(
            "der", "openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out der -outform DER -subj /CN=x")
        #expect(throws: CryptographyError(code: .keyInvalid, reason: "")) {
            try PrivateKeyFacts.parse(der: certificate.span)
        }
        for text in ["", "-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN X-----\nAAAA\n-----END X-----\n"] {
            #expect(throws: CryptographyError(code: .keyInvalid, reason: "")) {
                try PrivateKeyFacts.parse(pem: Array(text.utf8).span)
            }
        }
    }

    @Test(
        "OpenSSH's own form tells kind, size and passphrase", arguments: [("", false), ("pass:word", true)])
    func openSSH(passphrase: String, encrypted: Bool) throws {
        // ssh-keygen is not everywhere; the form is simple enough to write here.
        func field(_ bytes: [UInt8]) -> [UInt8] { [0, 0, 0, UInt8(bytes.count)] + bytes }
        let cipher = encrypted ? "aes256-ctr" : "none"
        let publicKey = field(Array("ssh-ed25519".utf8)) + field(Array(repeating: 3, count: 32))
        let bytes =
            Array("openssh-key-v1\0".utf8) + field(Array(cipher.utf8)) + field(Array("bcrypt".utf8))
            + field([])
            + [0, 0, 0, 1] + field(publicKey) + field(Array(repeating: 5, count: 64))
        let label = ["OPENSSH", "PRIVATE", "KEY"].joined(separator: " ")
        let text = "-----BEGIN \(label)-----\n\(Base64.encode(bytes))\n-----END \(label)-----\n"
        let facts = try PrivateKeyFacts.parse(pem: Array(text.utf8).span)
        let spki = OpenSSHKey.spki(ofPublicKey: publicKey)
        #expect(facts == PrivateKeyFacts(algorithm: "Ed25519", bits: 256, encrypted: encrypted, spki: spki))
    }

    @Test("a PKCS#12 file with a key is a key store, one with certificates alone is not")
    func keyStores() throws {
        let request = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -subj /CN=x"
        let store = try OpenSSLProgram.make(
            "store", request, "openssl pkcs12 -export -inkey key -in cert -passout pass:x -out store")
        #expect(KeyStore.withKey(store.span) == .pkcs12)
        #expect(KeyStore.leavesKeyOpen(store.span) == false)
        let open = try OpenSSLProgram.make(
            "store", request,
            "openssl pkcs12 -export -inkey key -in cert -keypbe NONE -certpbe NONE -passout pass:x -out store"
        )
        #expect(KeyStore.withKey(open.span) == .pkcs12)
        #expect(KeyStore.leavesKeyOpen(open.span) == true)
        let trust = try OpenSSLProgram.make(
            "store", request, "openssl pkcs12 -export -nokeys -in cert -passout pass:x -out store")
        #expect(KeyStore.withKey(trust.span) == nil)
        #expect(KeyStore.withKey([UInt8](repeating: 0x30, count: 64).span) == nil)
    }

    @Test("a Java key store is one only with a key in it")
    func javaStores() {
        let magic: [UInt8] = [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]
        let certificate: [UInt8] =
            [0, 0, 0, 2, 0, 1, 0x61] + Array(repeating: 0, count: 8) + [0, 1, 0x58, 0, 0, 0, 4, 1, 2, 3, 4]
        let key: [UInt8] = [0, 0, 0, 1, 0, 1, 0x6b] + Array(repeating: 0, count: 40)
        #expect(KeyStore.withKey((magic + [0, 0, 0, 1] + key).span) == .jks)
        #expect(KeyStore.withKey((magic + [0, 0, 0, 2] + certificate + key).span) == .jks)
        #expect(
            KeyStore.withKey((magic + [0, 0, 0, 1] + certificate + Array(repeating: 0, count: 20)).span)
                == nil)
        #expect(KeyStore.withKey((magic + [0xff, 0xff, 0xff, 0xff] + key).span) == nil)
    }
}
