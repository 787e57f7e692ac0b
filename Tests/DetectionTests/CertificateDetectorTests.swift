import Detection
import Foundation
import Model
import Testing

@Suite struct CertificateDetectorTests {
    /// A certificate in PEM and in DER, and a PKCS#12 store of it, made by the `openssl` program.
    private static func certificate(store: String = "-nokeys", options: String = "-newkey rsa:2048") throws
        -> (
            pem: [UInt8], der: [UInt8], store: [UInt8]
        )
    {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let commands = [
            "openssl req -x509 \(options) -nodes -keyout key -out pem -days 2 -subj /CN=Test",
            "openssl x509 -in pem -outform DER -out der",
            "openssl pkcs12 -export \(store) -in pem -passout pass:changeit -out store",
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
            Array(try Data(contentsOf: folder.appending(path: "der"))),
            Array(try Data(contentsOf: folder.appending(path: "store")))
        )
    }

    @Test("a certificate is an item with everything that policies ask of it, in PEM and in DER")
    func item() throws {
        let (pem, der, _) = try Self.certificate()
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
        let (pem, der, _) = try Self.certificate()
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

    /// A store as Java writes it: every entry a name, a date and a certificate, behind a key where it is one's own.
    private static func javaStore(_ certificates: [[UInt8]], ofKey: Int? = nil) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] {
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
        }
        func text(_ value: String) -> [UInt8] { [0, UInt8(value.utf8.count)] + Array(value.utf8) }
        var store: [UInt8] = [0xfe, 0xed, 0xfe, 0xed] + number(2) + number(certificates.count)
        for (index, certificate) in certificates.enumerated() {
            let isKey = index == ofKey
            store += number(isKey ? 1 : 2) + text("entry\(index)") + number(0) + number(index)
            if isKey { store += number(5) + [1, 2, 3, 4, 5] + number(1) }
            store += text("X.509") + number(certificate.count) + certificate
        }
        return store + Array(repeating: 0x5a, count: 20)
    }

    @Test("what a store of Java trusts is a trust anchor wherever it lies, and the store is no secret")
    func javaTrust() throws {
        let (_, der, store) = try Self.certificate(store: "-nokeys -certpbe NONE -nomac")
        let other = try Self.certificate().der
        let scanner = try Samples.scanner()
        for (content, anchors) in [(Self.javaStore([der, other]), [der, other]), (store, [der])] {
            let seen = scanner.sightings(in: content, path: "opt/java/lib/security/cacerts")
            #expect(seen.findings.isEmpty)
            #expect(seen.items.map(\.type) == anchors.map { _ in .trustAnchor })
            for (item, anchor) in zip(seen.items, anchors) {
                let start = try #require(item.place.offset)
                #expect(item.title == "CN=Test")
                #expect(Array(content[start..<(start + anchor.count)]) == anchor)
                #expect(item.place.length == anchor.count)
            }
        }
    }

    @Test("a store of Java with a key in it, first or last, is a key store and trusts nobody")
    func javaKeys() throws {
        let der = try Self.certificate().der
        for index in 0...1 {
            let seen = try Samples.scanner().sightings(
                in: Self.javaStore([der, der], ofKey: index), path: "opt/app.jks")
            #expect(seen.findings.map(\.kind) == [.keystore])
            #expect(seen.items.map(\.type) == [.key])
        }
    }

    @Test("a store that is cut or damaged does no harm")
    func javaHostile() throws {
        let (_, der, store) = try Self.certificate(store: "-nokeys -certpbe NONE -nomac")
        let scanner = try Samples.scanner()
        for content in [Self.javaStore([der, der]), store] {
            for length in stride(from: 0, to: content.count, by: 9) {
                _ = scanner.sightings(in: Array(content.prefix(length)))
            }
            for place in 0..<80 {
                var damaged = content
                damaged[place] = 0xff
                _ = scanner.sightings(in: damaged)
            }
        }
    }

    @Test("a bundle of many is seen whole, each once, wherever windows end")
    func bundle() throws {
        let pem = try Self.certificate().pem
        let bundle = Array(repeating: Array("# name\n".utf8) + pem, count: 60).joined()
        let items = try Samples.scanner().sightings(in: Array(bundle), path: "x.crt", window: 20_000).items
        #expect(items.count == 60)
        #expect(Set(items.compactMap(\.place.offset)).count == 60)
    }

    @Test("a block that is empty, or has no end, hides none behind it")
    func decoys() throws {
        let pem = try Self.certificate().pem
        let begin = Array("-----BEGIN CERTIFICATE-----\n".utf8)
        for decoy in [
            begin + Array("-----END CERTIFICATE-----\n".utf8), begin, begin + begin + Array("AA\n".utf8),
        ] {
            let items = try Samples.scanner().sightings(in: decoy + pem, path: "a.crt").items
            #expect(items.map(\.place.offset) == [decoy.count])
        }
    }

    @Test("a certificate in DER is one whatever its length, which takes one byte in the shortest")
    func short() throws {
        let der = try Self.certificate(options: "-newkey ed25519 -config /dev/null").der
        try #require(der[1] == 0x81)
        #expect(try Samples.scanner().sightings(in: der, path: "a.der").items.map(\.type) == [.certificate])
    }

    @Test("a certificate larger than what two windows share is seen, or told")
    func large() throws {
        let names = (0..<900).map { "DNS:host\($0).example.com" }.joined(separator: ",")
        let pem = try Self.certificate(options: "-newkey rsa:2048 -addext subjectAltName=\(names)").pem
        try #require(pem.count > 20_000)
        let filler = Array(repeating: UInt8(ascii: "\n"), count: 40_000)
        let scanner = try Samples.scanner()
        #expect(scanner.sightings(in: filler + pem, path: "a.crt", window: 100_000).items.count == 1)
        #expect(scanner.shortfall == nil)
        #expect(scanner.sightings(in: filler + pem, path: "a.crt", window: 60_000).items.isEmpty)
        #expect(scanner.shortfall == "a certificate of more than 16 KiB is not read whole")
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
