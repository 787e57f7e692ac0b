import Cryptography
import Foundation
import Testing

@Suite struct CertificateTests {
    private static let request =
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -days 30 -subj /C=DE/O=Acme,Inc/CN=Root"

    @Test("a certificate says who, whom, when, how and whether it may sign")
    func values() throws {
        let certificate = try certificate(pem: OpenSSLProgram.make("cert", Self.request))
        #expect(certificate.subject == #"C=DE, O="Acme,Inc", CN=Root"#)
        #expect(certificate.issuer == certificate.subject)
        #expect(certificate.isSelfSigned)
        #expect(certificate.isCA)
        #expect(certificate.keyAlgorithm == "RSA")
        #expect(certificate.keyBits == 2048)
        #expect(certificate.signatureAlgorithm == "sha256WithRSAEncryption")
        #expect(certificate.notAfter - certificate.notBefore == 30 * 86_400)
        #expect(certificate.sha256.count == 64)
        #expect(!certificate.serial.isEmpty)
    }

    @Test("DER and PEM of one certificate are the same certificate")
    func forms() throws {
        let (pem, der) = try OpenSSLProgram.run(
            [Self.request, "openssl x509 -in cert -outform DER -out der"]
        ) { folder in
            (
                try Array(Data(contentsOf: folder.appending(path: "cert"))),
                try Array(Data(contentsOf: folder.appending(path: "der")))
            )
        }
        #expect(try certificate(pem: pem) == Certificate.parse(der: der.span))
        #expect(throws: CryptographyError(code: .certificateInvalid, reason: "")) {
            try Certificate.parse(der: (der + [0]).span)
        }
        for length in [0, 1, 4, 100, der.count - 1] {
            #expect(throws: CryptographyError.self) {
                try Certificate.parse(der: Array(der.prefix(length)).span)
            }
        }
    }

    @Test("an elliptic-curve certificate that may sign nothing says so")
    func leaf() throws {
        let pem = try OpenSSLProgram.make(
            "cert",
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout key -out cert -subj /CN=leaf "
                + "-addext basicConstraints=critical,CA:FALSE")
        let certificate = try certificate(pem: pem)
        #expect(certificate.keyAlgorithm == "EC")
        #expect(certificate.keyBits == 384)
        #expect(!certificate.isCA)
    }

    @Test("errors say what failed in the library's words and show nothing of the content")
    func errors() {
        let error = #expect(throws: CryptographyError.self) {
            try certificate(
                pem: Array("-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----\n".utf8))
        }
        #expect(error?.description.hasPrefix("not a certificate in PEM: ") == true)
        #expect(error?.description.contains("hunter2") == false)
    }

    private func certificate(pem: [UInt8]) throws -> Certificate { try Certificate.parse(pem: pem.span) }

    private func certificate(der: [UInt8]) throws -> Certificate { try Certificate.parse(der: der.span) }
}
