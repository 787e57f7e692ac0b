import FoundationEssentials
import TestSupport
import Testing

@Suite(
    "audits of images in a registry",
    .enabled(
        if: RealRegistry.isInstalled, "needs docker-registry, skopeo, apache2-utils, openssl and python3"))
struct RegistryCommandTests {
    @Test("the evidence of an image in a registry is that of the layout that was pushed, byte for byte")
    func sameEvidence() throws {
        let bench = try Workbench()
        let layout = "oci:" + (try bench.demo())
        let registry = try RealRegistry()
        try registry.push(layout, as: "demo:1")
        let name = "docker://127.0.0.1:\(registry.port)/demo:1"
        let local = try bench.audit(layout, "--output", "local")
        let remote = try bench.audit(name, "--output", "remote")
        #expect(remote.status == local.status)
        let wanted = try evidence(in: bench, "local")
        let got = try evidence(in: bench, "remote")
        #expect(got.contains(name))
        let from = "\"registry\":\"127.0.0.1:\(registry.port)\""
        #expect(got.contains(from))
        #expect(got.replacing(name, with: layout).replacing(from, with: "\"registry\":\"\"") == wanted)
    }

    @Test("a password and a private CA let in, and the password is seen nowhere")
    func password() throws {
        let secret = "pass" + "-word-\(UInt32.random(in: 1...(.max)))"
        let bench = try Workbench()
        let authority = try TestAuthority()
        let registry = try RealRegistry(.user("me", password: secret), authority: authority)
        try registry.push("oci:\(try bench.write(Workbench.cleanImage()))", as: "clean:1")
        let name = "docker://localhost:\(registry.port)/clean:1"
        let auth = Data("me:\(secret)".utf8).base64EncodedString()
        let file = try bench.scratch.write(
            #"{"auths":{"localhost:\#(registry.port)":{"auth":"\#(auth)"}}}"#, to: "auth.json")
        let environment = ["REGISTRY_AUTH_FILE": file]
        let met = try bench.audit(name, "--ca-file", authority.caFile, environment: environment)
        #expect(met.status == 0, "\(met.errorText)")
        let untrusted = try bench.audit(name, environment: environment)
        #expect(untrusted.status == 3)
        #expect(untrusted.errorText.contains("--ca-file"))
        let denied = try bench.audit(name, "--ca-file", authority.caFile)
        #expect(denied.status == 3)
        #expect(denied.errorText.contains("REGISTRY_AUTH_FILE"))
        let absent = try bench.audit(
            name + "0", "--ca-file", authority.caFile, environment: environment)
        #expect(absent.status == 3)
        #expect(absent.errorText.contains("no such"))
        #expect(absent.errorText.contains("list-tags"))
        var outputs = [met, untrusted, denied, absent].flatMap { $0.output + $0.errors }
        for report in try bench.reports().values { outputs += report }
        let text = String(decoding: outputs, as: UTF8.self)
        #expect(!text.contains(secret) && !text.contains(auth))
    }

    @Test("a layer that cannot be had withholds the verdict")
    func missingLayer() throws {
        let bench = try Workbench()
        let registry = try RealRegistry()
        let layout = try bench.demo()
        try registry.push("oci:\(layout)", as: "demo:1")
        let blob = try #require(try bench.largestBlob(of: layout).split(separator: "/").last)
        try registry.lose(blob: String(blob))
        let outcome = try bench.audit("docker://127.0.0.1:\(registry.port)/demo:1")
        #expect(outcome.status == 2, "\(outcome.errorText)")
    }

    /// The evidence without its sum, which is also over the image's name.
    private func evidence(in bench: Workbench, _ folder: String) throws -> String {
        let bytes = try #require(try bench.reports(folder)["evidence.json"])
        return String(decoding: bytes, as: UTF8.self)
            .replacing(/,"sum":"sha256:[0-9a-f]{64}"/, with: "")
    }
}
