import ImageReading
import Model
import TestSupport
import Testing

@Suite("platforms")
struct PlatformTests {
    /// An image for several platforms, with attestations between them.
    private func several(_ platforms: [String], isNested: Bool, hasPlatforms: Bool = true) throws
        -> FixtureImage
    {
        let fixture = try FixtureImage()
        var manifests: [FixtureImage.Manifest] = []
        for platform in platforms {
            let parts = platform.split(separator: "/").map(String.init)
            manifests.append(
                try fixture.manifest(
                    layers: [try fixture.layer(tar(platform.replacing("/", with: "-")))], os: parts[0],
                    architecture: parts[1], variant: parts.count > 2 ? parts[2] : nil,
                    platform: hasPlatforms ? platform : nil))
            manifests.append(
                try fixture.manifest(
                    layers: [try fixture.layer(tar("attestation-of-\(manifests.count)"))], os: "unknown",
                    architecture: "unknown", platform: "unknown/unknown",
                    extra: #","annotations":{"vnd.docker.reference.type":"attestation-manifest"}"#))
        }
        try fixture.write(isNested ? [try fixture.index(manifests, tag: "v1")] : manifests)
        return fixture
    }

    @Test(
        "the named one is read, and nothing else is mistaken for it",
        arguments: [
            ("linux/amd64", "linux/amd64"), ("linux/x86_64", "linux/amd64"), ("linux/arm64", "linux/arm64"),
            ("linux/arm64/v8", "linux/arm64"), ("linux/arm/v7", "linux/arm/v7"),
            ("linux/arm/v6", "linux/arm/v6"), ("linux/arm", "linux/arm/v6"), ("LINUX/AMD64", "linux/amd64"),
        ], [true, false])
    func named(wanted: (String, String), isNested: Bool) throws {
        let fixture = try several(
            ["linux/arm/v6", "linux/amd64", "linux/arm64/v8", "linux/arm/v7"], isNested: isNested)
        let images = try open(fixture, .named(wanted.0))
        #expect(images.map(\.platform.description) == [wanted.1])
    }

    @Test("the host's is the default, and all means all but attestations")
    func hostAndAll() throws {
        let host = Platform.host.description
        let fixture = try several(["linux/s390x", host, "linux/riscv64"], isNested: true)
        #expect(try open(fixture, .host).map(\.platform) == [.host])
        #expect(
            try open(fixture, .all).map(\.platform.description) == ["linux/s390x", host, "linux/riscv64"])
    }

    @Test("the only one there is will do, but not for somebody who named another")
    func only() throws {
        let fixture = try several(["linux/s390x"], isNested: false)
        #expect(try open(fixture, .host).map(\.platform.description) == ["linux/s390x"])
        let error = #expect(throws: ImageError.self) { try open(fixture, .named("linux/amd64")) }
        #expect(error?.code == .platformNotFound)
    }

    @Test("an error lists the platforms that there are")
    func missing() throws {
        let fixture = try several(["linux/s390x", "windows/amd64"], isNested: true)
        for selection in [PlatformSelection.host, .named("linux/mips")] {
            let error = #expect(throws: ImageError.self) { try open(fixture, selection) }
            #expect(error?.code == .platformNotFound)
            #expect(error?.underlying == "it has linux/s390x, windows/amd64")
        }
    }

    @Test("where the index is silent, the configurations tell")
    func silentIndex() throws {
        let fixture = try several(["linux/s390x", "linux/riscv64"], isNested: false, hasPlatforms: false)
        #expect(try open(fixture, .named("linux/riscv64")).map(\.platform.description) == ["linux/riscv64"])
    }

    @Test("what is no platform is refused", arguments: ["", "linux", "linux/", "/amd64", "a/b/c/d"])
    func invalid(text: String) throws {
        let fixture = try several(["linux/amd64"], isNested: false)
        #expect(throws: ImageError(.invalidReference, at: text, "")) { try open(fixture, .named(text)) }
    }

    @Test("a tag or a digest selects among images, and without one several are ambiguous")
    func tags() throws {
        let fixture = try FixtureImage()
        let old = try fixture.manifest(layers: [try fixture.layer(tar("old"))], tag: "v1")
        let new = try fixture.manifest(layers: [try fixture.layer(tar("new"))], tag: "v2")
        try fixture.write([old, new])
        #expect(try open(fixture, .host, ":v2").map(\.digest) == [new.digest])
        #expect(try open(fixture, .host, "@\(old.digest)").map(\.digest) == [old.digest])
        #expect(try open(fixture, .all).count == 2)
        let missing = #expect(throws: ImageError.self) { try open(fixture, .host, ":v3") }
        #expect(missing?.code == .notFound && missing?.underlying == "there are v1, v2")
        let ambiguous = #expect(throws: ImageError.self) { try open(fixture, .named("linux/amd64")) }
        #expect(ambiguous?.code == .ambiguous)
    }

    @Test("of several without a tag none is meant more, and none is passed over")
    func untagged() throws {
        let fixture = try FixtureImage()
        let old = try fixture.manifest(layers: [try fixture.layer(tar("old"))])
        let new = try fixture.manifest(layers: [try fixture.layer(tar("new"))])
        try fixture.write([old, new])
        let ambiguous = #expect(throws: ImageError.self) { try open(fixture, .host) }
        #expect(ambiguous?.code == .ambiguous)
        #expect(try open(fixture, .host, "@\(new.digest)").map(\.digest) == [new.digest])
        #expect(try open(fixture, .all).count == 2)
        try fixture.write([old, old])
        #expect(try open(fixture, .host).count == 1)
    }

    @Test("of several with one tag none is meant more, whatever the index says of one of them")
    func sharedTag() throws {
        let fixture = try FixtureImage()
        let first = try fixture.manifest(layers: [try fixture.layer(tar("first"))], tag: "latest")
        let second = try fixture.manifest(layers: [try fixture.layer(tar("second"))], tag: "latest")
        for entries in [[first, second], [try fixture.index([first], tag: "latest"), second]] {
            try fixture.write(entries)
            for suffix in ["", ":latest"] {
                let error = #expect(throws: ImageError.self) { try open(fixture, .host, suffix) }
                #expect(error?.code == .ambiguous)
            }
        }
    }

    @Test(
        "of a form that is two, both halves must tell of the same image, unless a digest says which is meant",
        arguments: ["null", "[]", #"["app:latest"]"#])
    func halves(tags: String) throws {
        let fixture = try FixtureImage()
        let first = try fixture.manifest(layers: [try fixture.layer(tar("first"))], tag: "latest")
        let second = try fixture.manifest(layers: [try fixture.layer(tar("second"))])
        try fixture.write([first])
        for entry in [first, second] {
            let config = try #require(
                String(decoding: try fixture.folder.read(fixture.blobPath(entry.digest)), as: UTF8.self)
                    .firstMatch(of: /"config":\s*\{[^}]*sha256:([0-9a-f]{64})/)?.1)
            try fixture.folder.write(
                #"[{"Config":"blobs/sha256/\#(config)","RepoTags":\#(tags),"Layers":[]}]"#,
                to: "image/manifest.json")
            for suffix in ["", ":latest", "@\(first.digest)"] {
                let opened = Result {
                    try ImageOpener.open(try ImageReference.parse(fixture.path + suffix))
                }
                if entry.digest == first.digest || suffix.hasPrefix("@") {
                    #expect(try opened.get().map(\.digest) == [first.digest])
                } else {
                    let error = #expect(throws: ImageError.self) { try opened.get() }
                    #expect(error?.code == .ambiguous)
                }
            }
        }
    }

    @Test("an image that its index calls one for no platform is one among all, and the wanted one for nobody")
    func unknownPlatform() throws {
        let fixture = try FixtureImage()
        let plain = try fixture.manifest(layers: [try fixture.layer(tar("plain"))], platform: "linux/amd64")
        let hidden = try fixture.manifest(
            layers: [try fixture.layer(tar("hidden"))], platform: "unknown/unknown")
        try fixture.write([hidden, plain])
        #expect(try open(fixture, .named("linux/amd64")).map(\.digest) == [plain.digest])
        #expect(try open(fixture, .all).map(\.digest) == [hidden.digest, plain.digest])
    }

    @Test("indexes that nest too deeply, or in a circle, end")
    func deepIndexes() throws {
        let fixture = try FixtureImage()
        var entry = try fixture.manifest(layers: [try fixture.layer(tar("a"))])
        for depth in 0..<8 {
            entry = try fixture.index([entry])
            try fixture.write([entry])
            if depth < 4 {
                #expect(try open(fixture, .host).count == 1)
            } else {
                let error = #expect(throws: ImageError.self) { try open(fixture, .host) }
                #expect(error?.code == .tooLarge)
            }
        }
    }

    private func open(_ fixture: FixtureImage, _ platform: PlatformSelection, _ suffix: String = "") throws
        -> [Image]
    {
        try ImageOpener.open(try ImageReference.parse("oci:\(fixture.path)\(suffix)"), platform: platform)
    }
}
