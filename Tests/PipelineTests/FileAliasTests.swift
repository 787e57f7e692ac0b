import Cryptography
import Detection
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Files that mean something by the name of a link to them, and not by their own.
struct FileAliasTests {
    private static let accounts = "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n"
    private static let rule = "app ALL=(ALL) NOPASSWD: ALL\n"

    private static func evidence(
        _ layers: [(inout LayerBuilder) throws -> Void], detectors: DetectorSet = Samples.detectors,
        compression: LayerCompression = .gzip
    ) async throws -> Evidence {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        for build in layers {
            var layer = LayerBuilder()
            try build(&layer)
            image.layer(layer, createdBy: "COPY . / # buildkit", compression: compression)
        }
        return try await Samples.evidence(of: image, detectors: detectors)
    }

    private static func certificate() throws -> String {
        try CertificateIssuer.selfSigned(
            CertificateIssuer.Request(
                subject: CertificateIssuer.Name(commonName: "Test authority"), serial: 1,
                notBefore: 1_700_000_000, notAfter: 2_000_000_000, isCA: true),
            key: Ed25519Key.from(seed: Array(repeating: 3, count: 32))
        ).pem
    }

    /// What is listed, with where: `user toor /etc/passwd 0`.
    private static func items(_ evidence: Evidence, _ type: InventoryType) -> [String] {
        evidence.inventory.filter { $0.type == type }.map {
            "\($0.title) \($0.location.path?.description ?? "") \($0.location.layer?.index ?? -1)"
        }.sorted()
    }

    @Test("a hard link tells of accounts, whichever name holds the bytes")
    func hardLinkedAccounts() async throws {
        let evidence = try await Self.evidence([
            {
                $0.file("etc/.a", Self.accounts)
                $0.hardLink("etc/passwd", to: "etc/.a")
            }
        ])
        #expect(Self.items(evidence, .user) == ["root /etc/passwd 0", "toor /etc/passwd 0"])
        #expect(evidence.gaps.isEmpty && evidence.isComplete)
    }

    @Test("a hard link to a hard link tells of accounts as well, and so does one to a file of a layer below")
    func chainedHardLinks() async throws {
        let chained = try await Self.evidence([
            {
                $0.file("etc/.a", Self.rule)
                $0.hardLink("etc/.b", to: "etc/.a")
                $0.hardLink("etc/sudoers", to: "etc/.b")
            }
        ])
        #expect(Self.items(chained, .sudoRule) == ["app: ALL /etc/sudoers 0"])
        let below = try await Self.evidence([
            { $0.file("etc/.a", Self.rule) }, { $0.file("srv/other", "x") },
            { $0.hardLink("etc/sudoers", to: "etc/.a") },
        ])
        #expect(Self.items(below, .sudoRule) == ["app: ALL /etc/sudoers 2"])
        #expect(chained.gaps.isEmpty && below.gaps.isEmpty)
    }

    @Test("a symbolic link tells of sudo rules, in its own layer or another")
    func symbolicLinks() async throws {
        let together = try await Self.evidence([
            {
                $0.file("etc/.s", Self.rule)
                $0.symbolicLink("etc/sudoers", to: ".s")
            }
        ])
        #expect(Self.items(together, .sudoRule) == ["app: ALL /etc/sudoers 0"])
        let apart = try await Self.evidence([
            { $0.symbolicLink("etc/sudoers", to: "/opt/b") },
            {
                $0.file("opt/a", Self.rule)
                $0.symbolicLink("opt/b", to: "a")
                $0.file("opt/c", "nothing\n")
            },
        ])
        // The second link lies in another layer than the first, and is not followed.
        #expect(apart.gaps.map(\.path) == [EntryPath("etc/sudoers")] && !apart.isComplete)
        let direct = try await Self.evidence([
            { $0.symbolicLink("etc/sudoers", to: "/opt/a") }, { $0.file("opt/a", Self.rule) },
        ])
        #expect(Self.items(direct, .sudoRule) == ["app: ALL /etc/sudoers 1"])
        #expect(direct.gaps.isEmpty && direct.isComplete)
    }

    @Test("of a file that a link leads to, what is there in the end is told")
    func overwrittenTarget() async throws {
        let evidence = try await Self.evidence([
            {
                $0.file("etc/.s", Self.rule)
                $0.symbolicLink("etc/sudoers", to: ".s")
            }, { $0.file("etc/.s", "root ALL=(ALL) ALL\n") },
        ])
        #expect(Self.items(evidence, .sudoRule) == ["root: ALL /etc/sudoers 1"])
        let gone = try await Self.evidence([
            {
                $0.file("etc/.s", Self.rule)
                $0.symbolicLink("etc/sudoers", to: ".s")
            }, { $0.whiteout("etc/.s") },
        ])
        #expect(Self.items(gone, .sudoRule).isEmpty && gone.gaps.isEmpty)
    }

    @Test("a link to a folder gives all that lies in it another name")
    func linkedFolders() async throws {
        let evidence = try await Self.evidence([
            {
                $0.symbolicLink("etc", to: "usr/etc")
                $0.file("usr/etc/passwd", Self.accounts)
                $0.folder("usr/etc/sudoers.d")
                $0.file("usr/etc/sudoers.d/app", Self.rule)
            }
        ])
        #expect(Self.items(evidence, .user) == ["root /etc/passwd 0", "toor /etc/passwd 0"])
        #expect(Self.items(evidence, .sudoRule) == ["app: ALL /etc/sudoers.d/app 0"])
        #expect(evidence.gaps.isEmpty && evidence.isComplete)
    }

    @Test("a certificate is an anchor where a link in a trust store leads to it")
    func trustStores() async throws {
        let certificate = try Self.certificate()
        let evidence = try await Self.evidence([
            {
                $0.file("opt/app/chain.pem", certificate)
                $0.symbolicLink("etc/ssl/certs/a.pem", to: "../../../opt/app/chain.pem")
                $0.hardLink("usr/local/share/ca-certificates/b.crt", to: "opt/app/chain.pem")
            }
        ])
        #expect(
            Self.items(evidence, .trustAnchor) == [
                "CN=Test authority /etc/ssl/certs/a.pem 0",
                "CN=Test authority /usr/local/share/ca-certificates/b.crt 0",
            ])
        #expect(Self.items(evidence, .certificate) == ["CN=Test authority /opt/app/chain.pem 0"])
        #expect(evidence.gaps.isEmpty)
    }

    @Test(
        "rules for some files alone hold by the name of a hard link, and what was seen already is not told twice"
    )
    func rulesWithPaths() async throws {
        let generic = Samples.rule(.serviceCredential)
        let netrc = DetectorRule(
            id: "test.netrc", title: "Password", kind: .genericCredential, severity: .high, confidence: .high,
            pattern: #"password (\S+)"#, paths: [Glob("**/.netrc")], remediation: "change it",
            reference: "https://example.com", examples: [], counterexamples: [], source: "test.yaml:2")
        let detectors = try DetectorSet.compile(
            [generic, netrc], key: FingerprintKey(bytes: Array(repeating: 7, count: 32)))
        let evidence = try await Self.evidence(
            [
                {
                    $0.file("root/.a", "machine x login y password kW9vQ2xZ7Lp\n# \(Samples.token(1))\n")
                    $0.hardLink("root/.netrc", to: "root/.a")
                    $0.hardLink("srv/.netrc", to: "root/.a")
                }
            ], detectors: detectors)
        #expect(
            evidence.findings.map { "\($0.rule) \($0.location.path?.description ?? "")" }.sorted() == [
                "test.netrc /root/.netrc", "test.token /root/.a",
            ])
        #expect(Self.items(evidence, .credentialStore) == ["netrc credentials /root/.netrc 0"])
    }

    @Test("setuid and capabilities of a hard link count, since engines set them by it")
    func privileges() async throws {
        let evidence = try await Self.evidence([
            {
                $0.file("usr/bin/.p", "#!/bin/sh\n", mode: 0o755)
                $0.hardLink("usr/bin/python3", to: "usr/bin/.p", mode: 0o4755)
            }
        ])
        #expect(
            Self.items(evidence, .setuidFile) == ["/usr/bin/python3 /usr/bin/python3 0"])
    }

    @Test("a hard link to what no layer has is a gap where its name means something")
    func lostTarget() async throws {
        let evidence = try await Self.evidence([
            {
                $0.hardLink("etc/passwd", to: "etc/.gone")
                $0.hardLink("srv/other", to: "etc/.gone")
                $0.symbolicLink("etc/shadow", to: "/run/gone")
            }
        ])
        #expect(evidence.gaps.map(\.path) == [EntryPath("etc/passwd")])
        #expect(evidence.gaps.map(\.reason) == [.detectorLimit] && !evidence.isComplete)
    }

    @Test("links by the hundred to a folder of many files end in gaps, one in none")
    func manyNames() async throws {
        for links in [1, 500] {
            let evidence = try await Self.evidence([
                {
                    for link in 0..<links { $0.symbolicLink(StoredName("u\(link)/.npmrc"), to: "/d") }
                    for file in 0..<600 { $0.file(StoredName("d/f\(file)"), "x") }
                }
            ])
            #expect(evidence.gaps.isEmpty == (links == 1))
            #expect(evidence.isComplete == (links == 1))
        }
    }

    @Test(
        "links as distributions have them mean nothing, so that no layer is read twice",
        arguments: [
            ("etc/ssl/certs/ACCV.pem", "/usr/share/ca-certificates/mozilla/ACCV.crt"),
            ("etc/ssl/certs/3e44.0", "ACCV.pem"), ("etc/ssl/certs", "../pki/tls/certs"),
            ("etc/ssl/cert.pem", "certs/ca-certificates.crt"), ("usr/lib/ssl/certs", "/etc/ssl/certs"),
            ("etc/pki/tls/cert.pem", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            ("bin", "usr/bin"), ("lib", "usr/lib"), ("usr/bin/env", "/bin/busybox"),
            ("etc/os-release", "../usr/lib/os-release"), ("etc/mtab", "/proc/mounts"),
            ("etc/localtime", "/usr/share/zoneinfo/Etc/UTC"), ("var/run", "/run"), ("var/lock", "/run/lock"),
            ("etc/resolv.conf", "/run/systemd/resolve/stub-resolv.conf"),
            ("etc/alternatives/awk", "/usr/bin/mawk"), ("etc/rc0.d/K01x", "../init.d/x"),
        ])
    func usualLinks(path: String, target: String) async throws {
        let entry = FileEntry(
            path: EntryPath(path), kind: .symbolicLink(target: Array(target.utf8)), size: 0, mode: 0o777,
            owner: 0, group: 0)
        #expect(FileAlias(entry, resolved: { $0 }, Samples.detectors) == nil)
        let hard = FileEntry(
            path: EntryPath("bin/env"), kind: .hardLink(target: EntryPath("bin/[")), size: 0, mode: 0o755,
            owner: 0, group: 0)
        #expect(FileAlias(hard, resolved: { $0 }, Samples.detectors) == nil)
    }
}
