import Archives
import Cryptography
import Detection
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What is provably a distribution package's own file, told from real layers.
struct PackageOwnershipTests {
    private static let foundation = "# debian.sh --arch 'amd64'"
    private static let path = "usr/lib/tool/selftest.der"

    /// A private key in DER, another for each seed.
    static func key(_ seed: UInt8 = 1) throws -> [UInt8] {
        let pem = try Ed25519Key.from(seed: Array(repeating: seed, count: 32)).privateKeyPEM()
        let body = pem.split(separator: "\n").dropFirst().dropLast().joined()
        return try #require(Base64.decode(Array(body.utf8)))
    }

    private static func addDatabase(
        to layer: inout LayerBuilder, _ content: [UInt8], at path: String = path,
        maintainer: String = "Debian Tools <tools@lists.debian.org>"
    ) {
        let sum = Hex.string(ContentDigests(of: content.span).md5)
        layer.file("var/lib/dpkg/info/tool.md5sums", "\(sum)  \(path)\n")
        layer.file("var/lib/dpkg/status", "Package: tool\nVersion: 1.2-3\nMaintainer: \(maintainer)\n\n")
    }

    private static func evidence(_ layers: [(instruction: String, make: (inout LayerBuilder) throws -> Void)])
        async throws -> Evidence
    {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        for (instruction, make) in layers {
            var layer = LayerBuilder()
            try make(&layer)
            image.layer(layer, createdBy: instruction)
        }
        return try await Samples.evidence(of: image)
    }

    @Test("a key in a package's own file is listed with the reason, and is no finding")
    func excused() async throws {
        let key = try Self.key()
        let evidence = try await Self.evidence([
            (
                Self.foundation,
                { layer in
                    layer.file(.init(stringLiteral: Self.path), .bytes(key))
                    Self.addDatabase(to: &layer, key)
                }
            )
        ])
        #expect(evidence.findings.isEmpty)
        let item = try #require(evidence.inventory.first { $0.type == .packageFile })
        #expect(item.location.path == EntryPath(Self.path))
        #expect(item.attributes["package"] == .text("tool"))
        #expect(item.attributes["packageVersion"] == .text("1.2-3"))
        #expect(item.attributes["packageDatabase"] == .text("dpkg, layer 0"))
        #expect(item.attributes["kind"] == .text("key.private"))
        // A hash of what may be little but the secret is as good as the secret to whoever guesses.
        let digests = ContentDigests(of: key.span)
        let json = try Samples.json(evidence)
        for digest in [digests.md5, digests.sha1, digests.sha256] {
            #expect(!json.contains(Hex.string(digest)))
        }
        #expect(evidence.inventory.first { $0.type == .key }?.attributes["package"] == .text("tool"))
    }

    @Test("a long file is held against its checksum too, up to a bound", arguments: [2 << 20, 9 << 20])
    func long(size: Int) async throws {
        let certificate = try Self.authority(1, isCA: true).pem
        let content = Samples.filler(size) + Array(certificate.utf8)
        let path = "usr/share/tool/tests.txt"
        let evidence = try await Self.evidence([
            (
                Self.foundation,
                { layer in
                    layer.file(.init(stringLiteral: path), .bytes(content))
                    Self.addDatabase(to: &layer, content, at: path)
                }
            )
        ])
        let item = try #require(evidence.inventory.first { $0.type == .certificate })
        #expect((item.attributes["package"] == .text("tool")) == (size < 8 << 20))
    }

    private enum Doubt: CaseIterable {
        case changed, otherPath, strangeMaintainer, noStatus, copiedDatabase, laterDatabase, configuration
        case local, token
    }

    @Test("a finding stays where the record proves nothing", arguments: Doubt.allCases)
    private func kept(doubt: Doubt) async throws {
        let key = try Self.key()
        let other = try Self.key(2)
        let isToken = doubt == .token
        let content = isToken ? Array(Samples.token(1).utf8) : key
        let path =
            switch doubt {
            case .configuration: "etc/ssl/private/tool.der"
            case .local: "usr/local/lib/tool.der"
            default: Self.path
            }
        let evidence = try await Self.evidence([
            (
                Self.foundation,
                { layer in
                    layer.file("etc/debian_version", "12\n")
                    layer.file(.init(stringLiteral: path), .bytes(content))
                    switch doubt {
                    case .changed: Self.addDatabase(to: &layer, other)
                    case .otherPath: Self.addDatabase(to: &layer, content, at: "usr/lib/tool/other.der")
                    case .strangeMaintainer:
                        Self.addDatabase(to: &layer, content, maintainer: "Us <us@example.com>")
                    case .noStatus:
                        let sum = Hex.string(ContentDigests(of: content.span).md5)
                        layer.file("var/lib/dpkg/info/tool.md5sums", "\(sum)  \(path)\n")
                    case .copiedDatabase, .laterDatabase: break
                    default: Self.addDatabase(to: &layer, content, at: path)
                    }
                }
            ),
            (
                doubt == .copiedDatabase ? "COPY . / # buildkit" : "RUN /bin/sh -c install # buildkit",
                { layer in
                    guard doubt == .copiedDatabase || doubt == .laterDatabase else {
                        return layer.file("etc/motd", "hello\n")
                    }
                    Self.addDatabase(to: &layer, content)
                }
            ),
        ])
        #expect(evidence.findings.count == 1)
        #expect(!evidence.inventory.contains { $0.type == .packageFile })
    }

    @Test(
        "a token that its format tells is an example in what a distribution wrote for people, and nowhere else",
        arguments: [
            ("usr/share/doc/tool/README", "tools@lists.debian.org", true),
            ("usr/share/man/man1/tool.1", "tools@lists.debian.org", true),
            ("usr/src/tool/ci.yml", "tools@lists.debian.org", true),
            ("usr/share/tool/README", "tools@lists.debian.org", false),
            ("usr/share/doc/tool/README", "us@example.com", false),
        ])
    func manual(path: String, maintainer: String, isExample: Bool) async throws {
        let content = Array(Samples.token(1).utf8)
        let evidence = try await Self.evidence([
            (
                Self.foundation,
                { layer in
                    layer.file(.init(stringLiteral: path), .bytes(content))
                    Self.addDatabase(to: &layer, content, at: path, maintainer: "Tools <\(maintainer)>")
                }
            )
        ])
        #expect(evidence.findings.isEmpty == isExample)
        #expect(evidence.inventory.contains { $0.type == .packageFile } == isExample)
    }

    @Test("what a build step installs is its package's, and so is a copy of what the foundation recorded")
    func installed() async throws {
        let key = try Self.key()
        let evidence = try await Self.evidence([
            (Self.foundation, { $0.file("etc/debian_version", "12\n") }),
            (
                "RUN apt-get install tool # buildkit",
                { layer in
                    layer.file(.init(stringLiteral: Self.path), .bytes(key))
                    Self.addDatabase(to: &layer, key)
                }
            ),
        ])
        #expect(evidence.findings.isEmpty)
        #expect(evidence.inventory.first { $0.type == .packageFile }?.location.layer?.index == 1)
    }

    private static func authority(_ seed: UInt8, isCA: Bool) throws -> IssuedCertificate {
        try CertificateIssuer.selfSigned(
            .init(
                subject: .init(commonName: "Authority \(seed)"), serial: UInt64(seed),
                notBefore: 1_700_000_000,
                notAfter: 2_000_000_000, isCA: isCA),
            key: Ed25519Key.from(seed: Array(repeating: seed, count: 32)))
    }

    @Test("in a bundle made of a package's certificates, only what the package does not hold is nobody's")
    func bundle() async throws {
        let own = try Self.authority(1, isCA: true)
        let smuggled = try Self.authority(2, isCA: true)
        let path = "usr/share/ca-certificates/mozilla/One.crt"
        let evidence = try await Self.evidence([
            (
                Self.foundation,
                { layer in
                    layer.file(.init(stringLiteral: path), own.pem)
                    layer.file("etc/ssl/certs/ca-certificates.crt", own.pem + smuggled.pem)
                    Self.addDatabase(to: &layer, Array(own.pem.utf8), at: path)
                }
            )
        ])
        let anchors = evidence.inventory.filter { $0.type == .trustAnchor }
        #expect(anchors.count == 3)
        for anchor in anchors {
            let isOwn = anchor.title == "CN=Authority 1"
            #expect((anchor.attributes["package"] == .text("tool")) == isOwn)
            let isInBundle = anchor.location.path == EntryPath("etc/ssl/certs/ca-certificates.crt")
            #expect((anchor.attributes["packageFile"] == .text("/" + path)) == (isOwn && isInBundle))
        }
    }

    @Test("a certificate names the file in the image that holds its private key")
    func pair() async throws {
        let key = try Self.key(1)
        let pair = try Self.authority(1, isCA: false)
        let single = try Self.authority(2, isCA: false)
        let evidence = try await Self.evidence([
            (
                "COPY . /app # buildkit",
                { layer in
                    layer.file("app/tls/server.pem", pair.pem)
                    layer.file("app/tls/other.pem", single.pem)
                }
            ),
            ("COPY keys /keys # buildkit", { $0.file("keys/server.der", .bytes(key)) }),
        ])
        let certificates = evidence.inventory.filter { $0.type == .certificate }
        #expect(certificates.count == 2)
        for certificate in certificates {
            let isPair = certificate.location.path == EntryPath("app/tls/server.pem")
            #expect(certificate.attributes["privateKey"] == (isPair ? .text("/keys/server.der") : nil))
        }
    }

    @Test("a line of authorized_keys, and a certificate of OpenSSH, names the file with its private key")
    func openSSHPair() async throws {
        let key = try Ed25519Key.from(seed: Array(repeating: 1, count: 32))
        func field(_ bytes: [UInt8]) -> [UInt8] { [0, 0, 0, UInt8(bytes.count)] + bytes }
        func blob(_ point: [UInt8]) -> [UInt8] { field(Array("ssh-ed25519".utf8)) + field(point) }
        let pem = try key.publicKeyPEM().split(separator: "\n").dropFirst().dropLast().joined()
        let point = try Array(#require(Base64.decode(Array(pem.utf8))).suffix(32))
        let lines = [point, Array(repeating: 9, count: 32)].map { point in
            "ssh-ed25519 \(Base64.encode(blob(point))) someone\n"
        }
        let type = "ssh-ed25519-cert-v01@openssh.com"
        let time: [UInt8] = [0, 0, 0, 0, 0x65, 0x53, 0xf1, 0]
        let certificate: [UInt8] =
            field(Array(type.utf8)) + field([1]) + field(point) + time + [0, 0, 0, 1]
            + field(Array("deploy".utf8)) + field([]) + time + time + field([]) + field([]) + field([])
            + field(blob(Array(repeating: 4, count: 32))) + field([])
        let evidence = try await Self.evidence([
            (
                "COPY . / # buildkit",
                { layer in
                    layer.file("root/.ssh/authorized_keys", lines.joined())
                    layer.file("root/.ssh/id-cert.pub", "\(type) \(Base64.encode(certificate)) someone\n")
                    layer.file("srv/key.der", .bytes(try Self.key(1)))
                }
            )
        ])
        let authorized = evidence.inventory.filter { $0.type == .authorizedKey }
        #expect(authorized.map { $0.attributes["privateKey"] } == [.text("/srv/key.der"), nil])
        let item = try #require(evidence.inventory.first { $0.type == .certificate })
        #expect(item.title == "OpenSSH certificate of a user: deploy")
        #expect(item.attributes["privateKey"] == .text("/srv/key.der"))
        #expect(item.attributes["algorithm"] == .text("Ed25519"))
    }

    @Test(
        "what only its surroundings make a secret can be a package's, and a token that its format tells cannot",
        arguments: [Confidence.low, .medium, .high])
    func surroundings(confidence: Confidence) async throws {
        var rule = Samples.rule(.databaseCredential)
        rule.confidence = confidence
        let detectors = try DetectorSet.compile(
            [rule], key: FingerprintKey(bytes: Array(repeating: 7, count: 32)))
        let content = Array("mysql://root:\(Samples.token(1))@localhost\n".utf8)
        var layer = LayerBuilder()
        layer.file(.init(stringLiteral: Self.path), .bytes(content))
        Self.addDatabase(to: &layer, content)
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(layer, createdBy: Self.foundation)
        let evidence = try await Samples.evidence(of: image, detectors: detectors)
        #expect(evidence.findings.isEmpty == (confidence != .high))
    }

    @Test(
        "a package of Alpine's that names a person counts in an inherited database only, and never for a key",
        arguments: [true, false], [true, false])
    func built(isInherited: Bool, isKey: Bool) async throws {
        let content = isKey ? try Self.key() : Array("token: \(Samples.token(1))\n".utf8)
        let generic = try DetectorSet.compile(
            [Samples.genericRule], key: FingerprintKey(bytes: Array(repeating: 7, count: 32)))
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var layer = LayerBuilder()
        layer.file(.init(stringLiteral: Self.path), .bytes(content))
        let sum = Base64.encode(ContentDigests(of: content.span).sha1)
        layer.file(
            "lib/apk/db/installed",
            """
            P:tool
            V:1.2-r3
            o:tool
            m:A Person <person@example.org>
            c:0123456789abcdef0123456789abcdef01234567
            F:usr/lib/tool
            R:selftest.der
            Z:Q1\(sum)


            """)
        image.layer(layer, createdBy: "ADD alpine-minirootfs.tar.gz / # buildkit")
        if isInherited {
            image.emptyStep(createdBy: "CMD [\"/bin/sh\"]")
            var upper = LayerBuilder()
            upper.file("etc/motd", "hello\n")
            image.layer(upper, createdBy: "COPY motd /etc/motd # buildkit")
        }
        let evidence = try await Samples.evidence(of: image, detectors: generic)
        #expect(evidence.findings.isEmpty == (isInherited && !isKey))
    }
}
