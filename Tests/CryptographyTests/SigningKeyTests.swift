import Cryptography
import Testing

/// Signatures, held against the `openssl` program in both directions.
struct SigningKeyTests {
    private static let message = Array("what is signed".utf8)

    @Test(
        "what a key signs its public key verifies, and nothing else", arguments: SignatureAlgorithm.allCases)
    func own(algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        let signature = try key.sign(Self.message)
        #expect(key.publicKey.algorithm == algorithm)
        #expect(key.publicKey.verifies(signature, of: Self.message))
        #expect(!key.publicKey.verifies(signature, of: Self.message + [0]))
        #expect(!key.publicKey.verifies([], of: Self.message))
        #expect(!(try SigningKey.generate(algorithm)).publicKey.verifies(signature, of: Self.message))
        for bit in 0..<signature.count * 8 {
            var changed = signature
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.publicKey.verifies(changed, of: Self.message), "bit \(bit)")
        }
    }

    @Test("keys come back from PEM, encrypted or not", arguments: SignatureAlgorithm.allCases)
    func pem(algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        let plain = try key.pem(passphrase: nil)
        let words = Array("hush, my dear".utf8)
        let sealed = try key.pem(passphrase: words)
        #expect(String(decoding: sealed, as: UTF8.self).contains("BEGIN ENCRYPTED PRIVATE KEY"))
        for again in [try SigningKey.read(pem: plain), try SigningKey.read(pem: sealed, passphrase: words)] {
            #expect(again.publicKey.id == key.publicKey.id)
        }
        for wrong in [nil, [], Array("hush".utf8)] as [[UInt8]?] {
            #expect(throws: CryptographyError.self) { try SigningKey.read(pem: sealed, passphrase: wrong) }
        }
        let publicKey = try VerifyingKey.read(pem: Array(try key.publicKey.pem().utf8))
        #expect(publicKey.verifies(try key.sign(Self.message), of: Self.message))
    }

    @Test(
        "a key that openssl made signs what openssl verifies",
        arguments: [
            (
                "openssl genpkey -algorithm ed25519 -out key.pem",
                "openssl pkeyutl -verify -pubin -inkey key.pub -rawin -in message -sigfile signature"
            ),
            (
                "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
                "openssl dgst -sha256 -verify key.pub -signature signature message"
            ),
            (
                "openssl ecparam -name prime256v1 -genkey -noout -out key.pem",
                "openssl dgst -sha256 -verify key.pub -signature signature message"
            ),
        ])
    func openssl(making: String, checking: String) throws {
        try OpenSSLProgram.run([making, "openssl pkey -in key.pem -pubout -out key.pub"]) { folder in
            let key = try SigningKey.read(pem: OpenSSLProgram.content(of: "key.pem", in: folder))
            let publicKey = try VerifyingKey.read(pem: OpenSSLProgram.content(of: "key.pub", in: folder))
            #expect(publicKey.id == key.publicKey.id)
            #expect(
                Array(try key.publicKey.pem().utf8) == (try OpenSSLProgram.content(of: "key.pub", in: folder))
            )
            try OpenSSLProgram.write(Self.message, to: "message", in: folder)
            try OpenSSLProgram.write(try key.sign(Self.message), to: "signature", in: folder)
            try OpenSSLProgram.run([checking], in: folder)
        }
    }

    @Test("openssl reads a key of ours that is encrypted")
    func opensslReads() throws {
        let key = try SigningKey.generate(.ed25519)
        try OpenSSLProgram.run([]) { folder in
            try OpenSSLProgram.write(try key.pem(passphrase: Array("words".utf8)), to: "key.pem", in: folder)
            try OpenSSLProgram.run(
                ["openssl pkey -in key.pem -passin pass:words -pubout -out key.pub"], in: folder)
            let pem = try OpenSSLProgram.content(of: "key.pub", in: folder)
            #expect(String(decoding: pem, as: UTF8.self) == (try key.publicKey.pem()))
        }
    }

    @Test(
        "a key that signs nothing here is refused",
        arguments: [
            "openssl genrsa -out key.pem 2048", "openssl genpkey -algorithm ed448 -out key.pem",
            "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key.pem",
            "openssl genpkey -algorithm x25519 -out key.pem",
        ])
    func others(making: String) throws {
        try OpenSSLProgram.run([making, "openssl pkey -in key.pem -pubout -out key.pub"]) { folder in
            #expect(throws: CryptographyError(code: .keyInvalid, reason: "")) {
                try SigningKey.read(pem: OpenSSLProgram.content(of: "key.pem", in: folder))
            }
            #expect(throws: CryptographyError(code: .keyInvalid, reason: "")) {
                try VerifyingKey.read(pem: OpenSSLProgram.content(of: "key.pub", in: folder))
            }
        }
    }

    @Test(
        "what is no key is refused",
        arguments: ["", "x", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
    func none(text: String) {
        #expect(throws: CryptographyError(code: .keyInvalid, reason: "")) {
            try SigningKey.read(pem: Array(text.utf8))
        }
        #expect(throws: CryptographyError(code: .keyInvalid, reason: "")) {
            try VerifyingKey.read(pem: Array(text.utf8))
        }
    }
}
