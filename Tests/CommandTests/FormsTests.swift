import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

/// Forms that are no plain image: build caches, and indexes with other things in them.
struct FormsTests {
    private static func cache(_ secret: String?) -> BuildCacheBuilder {
        var cache = BuildCacheBuilder()
        var base = LayerBuilder()
        base.file("etc/os-release", "ID=debian\n")
        let bottom = cache.layer(base)
        var fetch = LayerBuilder()
        fetch.file("src/pay.env", "KEY=\(secret ?? "none")\n")
        cache.layer(fetch, upon: bottom, created: "2026-03-01T10:00:00Z")
        return cache
    }

    @Test(
        "a secret in a stage's layer breaks the policy, and no report speaks of an image",
        arguments: BuildCacheBuilder.Form.allCases)
    func leakyCache(form: BuildCacheBuilder.Form) throws {
        let bench = try Workbench()
        let secret = Trial.secret(3)
        try Self.cache(secret).write(to: bench.scratch.file("cache"), as: form)
        let outcome = try bench.audit(bench.scratch.file("cache"), "--platform", "linux/arm64")
        #expect(outcome.status == 1, "\(outcome.outputText)\(outcome.errorText)")
        let reports = try bench.reports()
        let markdown = String(decoding: try #require(reports["report.md"]), as: UTF8.self)
        #expect(markdown.contains("This is a build cache and no image"))
        #expect(markdown.contains("/src/pay.env"))
        let junit = String(decoding: try #require(reports["TEST-palimpsest.xml"]), as: UTF8.self)
        #expect(junit.contains("not applicable: a build cache has no configuration"))
        for bytes in reports.values { #expect(!String(decoding: bytes, as: UTF8.self).contains(secret)) }
    }

    @Test("a cache without a leak meets the policy, and not by what it does not have: 0")
    func cleanCache() throws {
        let bench = try Workbench()
        try Self.cache(nil).write(to: bench.scratch.file("cache"), as: .index)
        let outcome = try bench.audit(bench.scratch.file("cache"))
        #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
        let bytes = try #require(try bench.reports()["assessment.json"])
        let document = try JSONDecoder().decode(Assessment.self, from: Data(bytes))
        let root = try #require(document.rules.first { $0.id == "privileges.root-user" })
        #expect(root.status == "not-applicable")
    }

    @Test("a build argument in the provenance beside an image is a leak like any other")
    func provenance() throws {
        let bench = try Workbench()
        let image = try bench.write(Workbench.cleanImage())
        let secret = Trial.secret(4)
        try Self.attach(
            #"{"predicate":{"invocation":{"parameters":{"args":{"build-arg:PAY_KEY":"\#(secret)"}}}}}"#,
            to: image)
        let outcome = try bench.audit(image)
        #expect(outcome.status == 1, "\(outcome.outputText)\(outcome.errorText)")
        let evidence = String(decoding: try #require(try bench.reports()["evidence.json"]), as: UTF8.self)
        #expect(evidence.contains(#"build-arg:PAY_KEY""#) && evidence.contains(#""reason":"attestation""#))
        #expect(!evidence.contains(secret))
    }

    @Test("an index without an image ends with what it holds instead: 3")
    func artifactsOnly() throws {
        let bench = try Workbench()
        let scratch = bench.scratch
        try scratch.write(#"{"imageLayoutVersion":"1.0.0"}"#, to: "chart/oci-layout")
        let config = try Self.blob(#"{"name":"chart"}"#, in: scratch.file("chart"))
        let manifest = try Self.blob(
            #"{"schemaVersion":2,"config":{"mediaType":"application/vnd.cncf.helm.config.v1+json",\#(config)},"layers":[]}"#,
            in: scratch.file("chart"))
        try scratch.write(
            #"{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",\#(manifest)}]}"#,
            to: "chart/index.json")
        let outcome = try bench.audit(scratch.file("chart"))
        #expect(outcome.status == 3)
        #expect(
            outcome.errorText.contains("there is no image in it: it holds a Helm chart"),
            "\(outcome.errorText)")
    }

    private struct Assessment: Decodable {
        struct Rule: Decodable {
            let id: String
            let status: String
        }

        let rules: [Rule]
    }

    /// Stores a blob, and gives its digest and size as a descriptor has them.
    private static func blob(_ text: String, in layout: String) throws -> String {
        let sum = try #require(ProgramRunner(tool: "sha256sum"))
        let digest = try sum.run([], input: Array(text.utf8)).outputText.prefix(64)
        let folder = URL(filePath: layout + "/blobs/sha256")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: layout + "/blobs/sha256/" + digest))
        return #""digest":"sha256:\#(digest)","size":\#(text.utf8.count)"#
    }

    /// Puts an attestation with this statement beside the image of a layout.
    private static func attach(_ statement: String, to layout: String) throws {
        let layer = try blob(statement, in: layout)
        let config = try blob("{}", in: layout)
        let manifest = try blob(
            #"{"schemaVersion":2,"config":{\#(config)},"layers":[{"mediaType":"application/vnd.in-toto+json",\#(layer)}]}"#,
            in: layout)
        let url = URL(filePath: layout + "/index.json")
        let index = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        let entry =
            #"{"mediaType":"application/vnd.oci.image.manifest.v1+json",\#(manifest),"platform":{"os":"unknown","architecture":"unknown"},"annotations":{"vnd.docker.reference.type":"attestation-manifest"}},"#
        let edited = index.replacing(#""manifests":["#, with: #""manifests":["# + entry)
        try Data(edited.utf8).write(to: url)
    }

    @Test("of several platforms of one image each is named with its verdict")
    func platforms() throws {
        let bench = try Workbench()
        let images = ["amd64", "arm64"].map { architecture in
            var image = Workbench.cleanImage()
            image.platform.architecture = architecture
            return image
        }
        let bundle = ImageBundle([.init(name: "image:latest", platforms: images)])
        _ = try bundle.write(to: bench.scratch.file("image"), as: .ociLayout)
        let all = try bench.audit(bench.scratch.file("image"), "--platform", "all")
        #expect(all.status == 0, "\(all.errorText)")
        let lines = all.outputText.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("  platform: ") }.map { $0.suffix(5) } == ["amd64", "arm64"])
        let one = try bench.audit(bench.scratch.file("image"), "--platform", "linux/arm64")
        #expect(one.status == 0 && !one.outputText.contains("platform: "))
    }
}
