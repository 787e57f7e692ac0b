import Foundation
import ImageWriting
import Model
import TestSupport
import Testing

@testable import ImageReading

@Suite(
    "Debian's docker-registry",
    .enabled(
        if: RealRegistry.isInstalled, "needs docker-registry, skopeo, apache2-utils, openssl and python3"))
struct RealRegistryTests {
    @Test("an image comes out as it was pushed, by tag and by digest")
    func open() throws {
        let layout = try Layout()
        let registry = try RealRegistry()
        try registry.push("oci:\(layout.path)", as: "team/demo:1")
        let pushed = try layout.image()
        for version in [":1", "@\(pushed.digest)", ":none@\(pushed.digest)"] {
            let image = try read("127.0.0.1:\(registry.port)/team/demo\(version)")
            #expect(image.digest == pushed.digest)
            #expect(image.layers == pushed.layers)
            #expect(image.configDigest == pushed.configDigest)
            #expect(try image.readAll() == pushed.readAll())
        }
    }

    @Test("several tasks may read layers at once")
    func tasks() async throws {
        let layout = try Layout()
        let registry = try RealRegistry()
        try registry.push("oci:\(layout.path)", as: "demo:1")
        let image = try read("127.0.0.1:\(registry.port)/demo:1")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for layer in image.layers + image.layers + image.layers {
                group.addTask { _ = try image.reader(for: layer).finish() }
            }
            try await group.waitForAll()
        }
    }

    @Test("Docker's schema 2 is read as well as OCI's manifests")
    func schema2() throws {
        let layout = try Layout()
        let registry = try RealRegistry()
        try registry.push("oci:\(layout.path)", as: "demo:1", format: "v2s2")
        let image = try read("127.0.0.1:\(registry.port)/demo:1")
        #expect(image.layers.first?.mediaType == "application/vnd.docker.image.rootfs.diff.tar.gzip")
        #expect(try image.readAll() == layout.image().readAll())
    }

    @Test("of an index the platform that is wanted is read, or all of them", arguments: [false, true])
    func index(isDockers: Bool) throws {
        let layout = try Layout(architectures: ["amd64", "arm64"])
        let registry = try RealRegistry()
        try registry.push(
            "oci:\(layout.path)", as: "demo:1", all: true, format: isDockers ? "v2s2" : nil)
        let name = "127.0.0.1:\(registry.port)/demo:1"
        let arm = try read(name, platform: .named("linux/arm64"))
        #expect(arm.platform.description == "linux/arm64")
        #expect(try arm.readAll().count == arm.layers.count)
        let all = try images(name, platform: .all)
        #expect(Set(all.map(\.platform.description)) == ["linux/amd64", "linux/arm64"])
        #expect(throws: ImageError(.platformNotFound, at: "docker://" + name, "")) {
            try read(name, platform: .named("linux/s390x"))
        }
    }

    @Test("a tag and a repository that are not there are told apart from a failure")
    func missing() throws {
        let layout = try Layout()
        let registry = try RealRegistry()
        try registry.push("oci:\(layout.path)", as: "demo:1")
        let host = "127.0.0.1:\(registry.port)"
        let digest = "sha256:" + String(repeating: "0", count: 64)
        for name in ["\(host)/demo:2", "\(host)/other:1", "\(host)/demo@\(digest)"] {
            let error = #expect(throws: ImageError.self) { try read(name) }
            #expect(error == ImageError(.notFound, at: "docker://" + name, ""))
            #expect(error?.description.hasSuffix("; there are 1") == name.hasSuffix(":2"))
        }
    }

    @Test("a password lets in who has it, and nobody else")
    func password() throws {
        let secret = "pass" + "-word-\(UInt32.random(in: 1...(.max)))"
        let layout = try Layout()
        let registry = try RealRegistry(.user("me", password: secret))
        try registry.push("oci:\(layout.path)", as: "demo:1")
        let name = "127.0.0.1:\(registry.port)/demo:1"
        let folder = try ScratchFolder()
        func login(_ password: String) throws -> ConnectionOptions {
            let auth = Data("me:\(password)".utf8).base64EncodedString()
            let document = #"{"auths":{"127.0.0.1:\#(registry.port)":{"auth":"\#(auth)"}}}"#
            let file = try folder.write(document, to: "auth.json")
            return ConnectionOptions(environment: ["REGISTRY_AUTH_FILE": file])
        }
        #expect(try read(name, login(secret)).readAll().count == 2)
        let wrong = try login(secret + "x")
        for options in [ConnectionOptions(), wrong] {
            let error = #expect(throws: ImageError.self) { try read(name, options) }
            #expect(error?.code == .accessDenied)
            #expect(error?.description.contains(secret) == false)
        }
    }

    @Test("a credential helper's password lets in")
    func helper() throws {
        let layout = try Layout()
        let registry = try RealRegistry(.user("me", password: "from-helper"))
        try registry.push("oci:\(layout.path)", as: "demo:1")
        let folder = try ScratchFolder()
        let script = """
            [ "$1" = get ] && [ "$(cat)" = 127.0.0.1:\(registry.port) ] || exit 1
            echo '{"ServerURL":"x","Username":"me","Secret":"from-helper"}'
            """
        try folder.install(script, as: "docker-credential-trial")
        try folder.write(
            #"{"credHelpers":{"127.0.0.1:\#(registry.port)":"trial"}}"#, to: ".docker/config.json")
        let environment = ["HOME": folder.path, "PATH": folder.path + ":/usr/bin:/bin"]
        let image = try read(
            "127.0.0.1:\(registry.port)/demo:1", ConnectionOptions(environment: environment))
        #expect(try image.readAll().count == 2)
    }

    @Test("tokens are fetched where the registry wants them")
    func tokens() throws {
        let layout = try Layout()
        let tokens = try TokenServer(user: "me", password: "for-tokens")
        let registry = try RealRegistry(.token(tokens))
        try registry.push("oci:\(layout.path)", as: "public/demo:1")
        try registry.push("oci:\(layout.path)", as: "private/demo:1")
        let host = "127.0.0.1:\(registry.port)"
        let before = tokens.asked
        #expect(try read("\(host)/public/demo:1").readAll().count == 2)
        #expect(tokens.asked == before + 1)
        let nobody = #expect(throws: ImageError.self) { try read("\(host)/private/demo:1") }
        #expect(nobody?.code == .accessDenied)
        let folder = try ScratchFolder()
        func login(_ password: String) throws -> ConnectionOptions {
            let document = #"{"auths":{"\#(host)":{"username":"me","password":"\#(password)"}}}"#
            return ConnectionOptions(
                environment: ["REGISTRY_AUTH_FILE": try folder.write(document, to: "auth.json")])
        }
        #expect(try read("\(host)/private/demo:1", login("for-tokens")).readAll().count == 2)
        let wrong = #expect(throws: ImageError.self) { try read("\(host)/private/demo:1", login("wr0ng")) }
        #expect(wrong?.code == .accessDenied)
        #expect(wrong?.description.contains("wr0ng") == false)
    }

    @Test("TLS needs a certificate that is trusted, and a file of them may be given")
    func tls() throws {
        let layout = try Layout()
        let authority = try TestAuthority()
        let registry = try RealRegistry(authority: authority)
        try registry.push("oci:\(layout.path)", as: "demo:1")
        for host in ["127.0.0.1", "localhost"] {
            let name = "\(host):\(registry.port)/demo:1"
            #expect(try read(name, ConnectionOptions(caFile: authority.caFile)).readAll().count == 2)
            for options in [ConnectionOptions(), ConnectionOptions(allowsPlainHTTP: true)] {
                let error = #expect(throws: ImageError.self) { try read(name, options) }
                #expect(error?.code == .untrusted)
            }
        }
        let other = try TestAuthority()
        let error = #expect(throws: ImageError.self) {
            try read("localhost:\(registry.port)/demo:1", ConnectionOptions(caFile: other.caFile))
        }
        #expect(error?.code == .untrusted)
    }

    @Test("a CA file that is none is named as the reason", arguments: ["no certificates in it", nil])
    func brokenAuthority(content: String?) throws {
        let folder = try ScratchFolder()
        if let content { try folder.write(content, to: "ca.pem") }
        let registry = try RealRegistry(authority: try TestAuthority())
        let error = #expect(throws: ImageError.self) {
            try read(
                "localhost:\(registry.port)/demo:1", ConnectionOptions(caFile: folder.file("ca.pem")))
        }
        #expect(error?.description.contains("CA certificates") == true, "\(String(describing: error))")
        #expect(error?.code == .untrusted)
    }

    private func read(
        _ name: String, _ options: ConnectionOptions = ConnectionOptions(),
        platform: PlatformSelection = .host
    ) throws -> Image {
        try #require(try images(name, options, platform: platform).first)
    }

    private func images(
        _ name: String, _ options: ConnectionOptions = ConnectionOptions(), platform: PlatformSelection
    ) throws -> [Image] {
        try ImageOpener.open(
            try ImageReference.parse("docker://" + name), platform: platform, connection: options)
    }

    /// An image with two layers on each of these architectures, as an OCI layout.
    private struct Layout {
        private let folder: ScratchFolder
        var path: String { folder.file("image") }

        init(architectures: [String] = ["amd64"]) throws {
            folder = try ScratchFolder()
            let fixture = try FixtureImage()
            var random = SeededGenerator(seed: 3)
            let manifests = try architectures.map { architecture in
                var large = RawTar()
                large.add("data".utf8, random.bytes(600_000))
                large.end()
                let layers = [
                    try fixture.layer(tar("etc/", "etc/\(architecture)")), try fixture.layer(large.bytes),
                ]
                return try fixture.manifest(
                    layers: layers, architecture: architecture, config: #"{"Env":["A=b"]}"#,
                    platform: "linux/\(architecture)")
            }
            try fixture.write(manifests.count == 1 ? manifests : [try fixture.index(manifests)])
            try FileManager.default.copyItem(atPath: fixture.path, toPath: path)
        }

        func image() throws -> Image {
            try ImageOpener.open(try ImageReference.parse("oci:\(path)"))[0]
        }
    }
}
