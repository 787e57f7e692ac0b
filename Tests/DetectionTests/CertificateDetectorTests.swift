import Detection
import Foundation
import Model
import Testing

@Suite struct CertificateDetectorTests {
    /// A certificate in PEM and in DER, made by the `openssl` program.
    private static func certificate() throws -> (pem: [UInt8], der: [UInt8]) {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let commands = [
            "openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out pem -days 2 -subj /CN=Test",
            "openssl x509 -in pem -outform DER -out der",
        ]
        for command in commands {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = command.split(separator: " ").map(String.init)
            process.currentDirectoryURL = folder
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
        }
        return (
            Array(try Data(contentsOf: folder.appending(path: "pem"))),
            Array(try Data(contentsOf: folder.appending(path: "der")))
        )
    }

    @Test("a certificate is an item with everything that policies ask of it, in PEM and in DER")
    func item() throws {
        let (pem, der) = try Self.certificate()
        let scanner = try Samples.scanner()
        let item = try #require(
            scanner.sightings(in: Array("x\n".utf8) + pem, path: "app/cert.txt").items.first)
        #expect(item.type == .certificate)
        #expect(item.title == "CN=Test")
        #expect(item.place.line == 2)
        #expect(item.place.column == 1)
        #expect(item.place.offset == 2)
        #expect(item.place.length == pem.count - 1)
        #expect(item.attributes["algorithm"] == .text("RSA"))
        #expect(item.attributes["keyBits"] == .number(2048))
        #expect(item.attributes["selfSigned"] == .flag(true))
        let names = Set(item.attributes.keys)
        #expect(names.isSubset(of: FactField.all.filter { $0.subjects.contains(.inventory) }.map(\.name)))
        let binary = try #require(scanner.sightings(in: der, path: "app/cert.der").items.first)
        #expect(binary.attributes == item.attributes)
        #expect(binary.place.line == nil)
    }

    @Test("a certificate where software takes its trust from is a trust anchor")
    func anchor() throws {
        let (pem, der) = try Self.certificate()
        let scanner = try Samples.scanner()
        for path in [
            "etc/ssl/certs/a.pem", "usr/local/share/ca-certificates/a.crt", "etc/pki/ca-trust/source/x",
        ] {
            #expect(scanner.sightings(in: pem, path: path).items.map(\.type) == [.trustAnchor])
            #expect(scanner.sightings(in: der, path: path).items.map(\.type) == [.trustAnchor])
        }
        #expect(
            scanner.sightings(in: pem, path: "srv/etc/ssl/certs/a.pem").items.map(\.type) == [.certificate])
    }

    @Test("a bundle of many is seen whole, each once, wherever windows end")
    func bundle() throws {
        let pem = try Self.certificate().pem
        let bundle = Array(repeating: Array("# name\n".utf8) + pem, count: 60).joined()
        let items = try Samples.scanner().sightings(in: Array(bundle), path: "x.crt", window: 20_000).items
        #expect(items.count == 60)
        #expect(Set(items.compactMap(\.place.offset)).count == 60)
    }

    @Test("what only looks like a certificate is none")
    func broken() throws {
        let scanner = try Samples.scanner()
        let begin = "-----BEGIN CERTIFICATE-----\n"
        for text in [begin, begin + "AAAA\n-----END CERTIFICATE-----\n", begin + begin, begin + "-----END"] {
            #expect(scanner.sightings(in: Array(text.utf8)).isEmpty)
        }
        #expect(scanner.sightings(in: [0x30, 0x82, 0, 8, 0x30, 0x82, 0, 1, 0, 0, 0, 0]).isEmpty)
    }
}
