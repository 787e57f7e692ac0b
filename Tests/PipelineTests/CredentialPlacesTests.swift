import Archives
import Detection
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// The shipped rules, on every place in which images hold credentials.
struct CredentialPlacesTests {
    private static let key = FingerprintKey(bytes: Array(repeating: 7, count: 32))
    static let detectors = Result {
        try DetectorSet.compile(try PolicySources.detectors(adding: []).rules, key: key)
    }

    /// What is found in one file of these texts, in which `@` is the secret.
    private static func findings(_ place: CredentialPlace, _ secret: String) throws -> [SightedFinding] {
        let content = place.content(secret)
        let entry = FileEntry(
            path: EntryPath(place.path), kind: .file, size: content.count, mode: 0o600, owner: 0, group: 0)
        return try FileInspection(detectors: detectors.get())
            .inspect(entry, content: MemoryByteSource(content)).findings
    }

    @Test("a credential is found wherever tools keep theirs", arguments: CredentialPlace.all)
    func found(place: CredentialPlace) throws {
        let secret = place.secret(seed: 1)
        let prints = place.forms(of: secret).map { Self.key.fingerprint(of: Array($0.utf8).span) }
        let found = try Self.findings(place, secret)
        #expect(found.contains { $0.fingerprint.map(prints.contains) ?? false }, "\(found.map(\.rule))")
    }

    @Test(
        "what stands in the place of a credential and is none is left alone", arguments: CredentialPlace.all,
        ["${TOKEN}", "changeme", ""])
    func placeholder(place: CredentialPlace, value: String) throws {
        let print = Self.key.fingerprint(of: Array(value.utf8).span)
        #expect(try Self.findings(place, value).allSatisfy { $0.fingerprint != print })
    }

    @Test("package managers' credentials are found where they are, were deleted, and were overwritten")
    func packageManagers() async throws {
        var base = LayerBuilder()
        var above = LayerBuilder()
        var secrets: [(place: CredentialPlace, folder: String, secret: String)] = []
        for (index, place) in CredentialPlace.packageManagers.enumerated() {
            for (number, folder) in ["present", "deleted", "overwritten"].enumerated() {
                let secret = place.secret(seed: UInt64(100 + 3 * index + number))
                secrets.append((place, folder, secret))
                base.file(StoredName("\(folder)/\(index)/\(place.path)"), place.content(secret))
                if folder == "overwritten" {
                    above.file(StoredName("\(folder)/\(index)/\(place.path)"), Array("# none\n".utf8))
                }
            }
        }
        above.whiteout("deleted")
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(base, createdBy: "COPY . /")
        image.layer(above, createdBy: "RUN rm -rf /deleted")
        let evidence = try await Samples.evidence(of: image, detectors: try Self.detectors.get())
        for (place, folder, secret) in secrets {
            let print = Self.key.fingerprint(of: Array(secret.utf8).span)
            let found = evidence.findings.first { $0.fingerprint == print }
            #expect(found?.persistence.rawValue == folder, "\(place) \(folder)")
        }
        #expect(evidence.isBalanced)
    }

    @Test(
        "what is an identity or grants trust is in the inventory by its place alone",
        arguments: [
            "var/run/secrets/kubernetes.io/serviceaccount/token", "etc/ssh/ssh_host_ed25519_key",
            "root/.bash_history",
            "root/.claude.json", "srv/terraform.tfstate", "root/.conan2/credentials.json", "root/.netrc",
        ])
    func inventory(path: String) throws {
        let entry = FileEntry(path: EntryPath(path), kind: .file, size: 2, mode: 0o600, owner: 0, group: 0)
        let result = try FileInspection(detectors: Self.detectors.get())
            .inspect(entry, content: MemoryByteSource(Array("x\n".utf8)))
        #expect(result.sightings.count == 1)
    }

    @Test("a token among the strings of a program is found, and the program's own strings are none")
    func program() throws {
        var bytes = try ProgramRunner.output(of: "cat", ["/bin/bash"])
        let entry = FileEntry(
            path: EntryPath("usr/bin/tool"), kind: .file, size: bytes.count, mode: 0o755, owner: 0, group: 0)
        let files = try FileInspection(detectors: Self.detectors.get())
        #expect(try files.inspect(entry, content: MemoryByteSource(bytes)).sightings.isEmpty)
        let token = "sk_" + "live_" + (CredentialPlace.all.first?.secret(seed: 9) ?? "") + "Ab12"
        let text = Array("usage: %s\0\(token)\0password=%s\0".utf8)
        let place = bytes.count / 2
        bytes.replaceSubrange(place..<place + text.count, with: text)
        let found = try files.inspect(entry, content: MemoryByteSource(bytes)).findings
        #expect(found.map(\.place.offset) == [place + 10])
    }

    @Test("text in Java's compiled classes and settings inside an archive of them is found")
    func java() throws {
        let token = "sk_" + "live_" + (CredentialPlace.all.first?.secret(seed: 8) ?? "") + "Ab12"
        let pool: [UInt8] = [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61, 0, 3, 1, 0, UInt8(token.utf8.count)]
        let secret = CredentialPlace.all.first?.secret(seed: 7) ?? ""
        let jar = try Samples.archive(
            .zip, ("com/corp/Main.class", pool + Array(token.utf8) + [8, 0, 1]),
            ("application.properties", Array("spring.datasource.password=\(secret)\n".utf8)))
        let entry = FileEntry(
            path: EntryPath("app/app.jar"), kind: .file, size: jar.count, mode: 0o644, owner: 0, group: 0)
        let found = try FileInspection(detectors: Self.detectors.get())
            .inspect(entry, content: MemoryByteSource(jar)).findings
        #expect(found.map(\.place.within) == [["com/corp/Main.class"], ["application.properties"]])
    }

    @Test("a key store in base64 is the same as in a file, on one line or wrapped", arguments: [0, 64, 76])
    func keyStore(width: Int) throws {
        let scratch = try ScratchFolder()
        let steps = [
            "req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 9 -subj /CN=a",
            "pkcs12 -export -inkey k.pem -in c.pem -out s.p12 -passout pass:changeit",
        ]
        for step in steps {
            _ = try ProgramRunner.output(
                of: "openssl", step.split(separator: " ").map(String.init), in: scratch.path)
        }
        let store = try scratch.read("s.p12")
        let arguments = width == 0 ? ["-A"] : []
        var text = try ProgramRunner.output(of: "openssl", ["base64"] + arguments, input: store)
        if width == 76 {
            text = Array(String(decoding: text, as: UTF8.self).replacing("\n", with: "\n    ").utf8)
        }
        let content = Array("data:\n  keystore.p12: ".utf8) + text + Array("\nkind: Secret\n".utf8)
        let entry = FileEntry(
            path: EntryPath("srv/secret.yaml"), kind: .file, size: content.count, mode: 0o644, owner: 0,
            group: 0)
        let found = try FileInspection(detectors: Self.detectors.get())
            .inspect(entry, content: MemoryByteSource(content)).findings
        #expect(found.map(\.fingerprint) == [Self.key.fingerprint(of: store.span)])
        #expect(found.map(\.place.within) == [["base64"]])
    }
}
