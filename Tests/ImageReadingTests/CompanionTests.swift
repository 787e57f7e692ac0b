import Model
import TestSupport
import Testing

@testable import ImageReading

@Suite("what lies beside images and is none")
struct CompanionTests {
    private static let manifestType = "application/vnd.oci.image.manifest.v1+json"

    /// A manifest of another thing than an image.
    private static func artifact(
        _ fixture: FixtureImage, config: String, configType: String, layerType: String, content: String = "x",
        annotations: String = "{}", extra: String = "", entry: String = ""
    ) throws -> FixtureImage.Manifest {
        let configDigest = try fixture.blob(Array(config.utf8))
        let layer = try fixture.blob(Array(content.utf8))
        return try fixture.entry(
            """
            {"schemaVersion":2,"mediaType":"\(manifestType)","config":{"mediaType":"\(configType)",\
            "digest":"\(configDigest)","size":\(config.utf8.count)},"layers":[{"mediaType":"\(layerType)",\
            "digest":"\(layer)","size":\(content.utf8.count),"annotations":\(annotations)}]\(extra)}
            """, extra: entry)
    }

    /// BuildKit's provenance of `image`, with a build argument.
    private static func provenance(
        _ fixture: FixtureImage, of image: Digest?, argument: String = "TOKEN=abc", statement: String? = nil
    ) throws -> FixtureImage.Manifest {
        let parts = argument.split(separator: "=")
        let subject = image.map { #","vnd.docker.reference.digest":"\#($0)""# } ?? ""
        return try artifact(
            fixture,
            config:
                #"{"architecture":"unknown","os":"unknown","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:\#(String(repeating: "0", count: 64))"]}}"#,
            configType: "application/vnd.oci.image.config.v1+json",
            layerType: "application/vnd.in-toto+json",
            content: statement
                ?? #"{"predicate":{"invocation":{"parameters":{"args":{"build-arg:\#(parts[0])":"\#(parts[1])"}}}}}"#,
            annotations: #"{"in-toto.io/predicate-type":"https://slsa.dev/provenance/v0.2"}"#,
            entry: """
                ,"platform":{"os":"unknown","architecture":"unknown"},"annotations":\
                {"vnd.docker.reference.type":"attestation-manifest"\(subject)}
                """)
    }

    private static func chart(_ fixture: FixtureImage, extra: String = "", entry: String = "") throws
        -> FixtureImage.Manifest
    {
        try artifact(
            fixture, config: #"{"name":"chart","version":"1"}"#,
            configType: "application/vnd.cncf.helm.config.v1+json",
            layerType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", extra: extra, entry: entry)
    }

    private static func signature(_ fixture: FixtureImage, tag: String = "") throws -> FixtureImage.Manifest {
        try artifact(
            fixture,
            config:
                #"{"architecture":"","os":"","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:\#(String(repeating: "1", count: 64))"]}}"#,
            configType: "application/vnd.oci.image.config.v1+json",
            layerType: "application/vnd.dev.cosign.simplesigning.v1+json",
            entry: tag.isEmpty ? "" : #","annotations":{"org.opencontainers.image.ref.name":"\#(tag)"}"#)
    }

    private static func image(_ fixture: FixtureImage, _ platform: String, extra: String = "") throws
        -> FixtureImage.Manifest
    {
        let parts = platform.split(separator: "/").map(String.init)
        return try fixture.manifest(
            layers: [try fixture.layer(tar("of-\(parts[1])"))], os: parts[0], architecture: parts[1],
            platform: extra.isEmpty ? platform : nil, extra: extra)
    }

    private func open(_ fixture: FixtureImage, _ selection: PlatformSelection = .host) throws -> [Image] {
        try ImageOpener.open(try ImageReference.parse("oci:" + fixture.path), platform: selection)
    }

    @Test("an attestation is named with the image it is about, and its text is there to be looked at")
    func attestations() throws {
        let fixture = try FixtureImage()
        let amd = try Self.image(fixture, "linux/amd64")
        let arm = try Self.image(fixture, "linux/arm64")
        let ofAMD = try Self.provenance(fixture, of: amd.digest, argument: "TOKEN=amd")
        let ofARM = try Self.provenance(fixture, of: arm.digest, argument: "TOKEN=arm")
        let ofAll = try Self.provenance(fixture, of: nil, argument: "TOKEN=all")
        try fixture.write([try fixture.index([amd, ofAMD, arm, ofARM, ofAll])])
        let images = try open(fixture, .all)
        #expect(images.map(\.platform.description) == ["linux/amd64", "linux/arm64"])
        for (image, (own, word)) in zip(images, [(ofAMD, "amd"), (ofARM, "arm")]) {
            #expect(image.gaps.map(\.reason) == [.attestation, .attestation])
            #expect(image.gaps.allSatisfy { !$0.reason.blocksPass && $0.detail.contains("was looked at") })
            let details = image.gaps.map(\.detail)
            #expect(details[0].contains(own.digest.text) && details[1].contains(ofAll.digest.text))
            #expect(details[0].contains("https://slsa.dev/provenance/v0.2"))
            let texts = image.configuration.fields.filter { $0.name.hasPrefix("Attestation/") }.map(\.text)
            #expect(texts.contains("TOKEN=\(word)") && texts.contains("TOKEN=all"))
            #expect(texts.count { $0.hasPrefix("TOKEN=") } == 2)
        }
    }

    @Test(
        "an attestation that cannot be looked at is named, and says why",
        arguments: [
            ("no JSON", "cannot be decoded"), (String(repeating: "x", count: (1 << 20) + 1), "is too large"),
            (#"{"a":1,"a":2}"#, "same key twice"),
            (String(repeating: "[", count: 100), "nests deeper"),
        ])
    func unreadable(statement: (String, String)) throws {
        let fixture = try FixtureImage()
        let image = try Self.image(fixture, "linux/amd64")
        try fixture.write([
            image, try Self.provenance(fixture, of: image.digest, statement: statement.0),
        ])
        let gap = try #require(try open(fixture).first?.gaps.first)
        #expect(gap.reason == .unreadable && gap.detail.contains("not all of it was looked at"))
        #expect(gap.detail.contains(statement.1), "\(gap.detail)")
    }

    @Test("an attestation whose text is not there withholds what might have told of a secret")
    func missing() throws {
        let fixture = try FixtureImage()
        let image = try Self.image(fixture, "linux/amd64")
        let statement = try Self.provenance(fixture, of: image.digest, statement: #"{"a":"b"}"#)
        try fixture.write([image, statement])
        #expect(try open(fixture).first?.gaps.map(\.reason.blocksPass) == [false])
        try fixture.folder.remove(fixture.blobPath(statement.digest))
        #expect(try open(fixture).first?.gaps.map(\.reason.blocksPass) == [true])
    }

    @Test("artifacts are named and never mistaken for an image or a platform")
    func artifacts() throws {
        let fixture = try FixtureImage()
        let image = try Self.image(fixture, "linux/s390x")
        let other = String(repeating: "a", count: 64)
        try fixture.write([
            try Self.chart(fixture), try Self.signature(fixture), image,
            try Self.chart(
                fixture,
                extra: #","subject":{"mediaType":"x","digest":"sha256:\#(other)","size":1}"#),
            try fixture.entry("layer", mediaType: "application/vnd.oci.image.layer.v1.tar+gzip"),
            try fixture.entry("{}", platform: "unknown/unknown"),
        ])
        for selection in [PlatformSelection.host, .all, .named("linux/s390x")] {
            let images = try open(fixture, selection)
            #expect(images.map(\.platform.description) == ["linux/s390x"])
            let gaps = try #require(images.first?.gaps)
            #expect(gaps.allSatisfy { $0.reason == .artifact && !$0.reason.blocksPass })
            #expect(
                gaps.map { $0.detail.prefix { $0 != "(" } } == [
                    "a Helm chart ", "a cosign signature ", "a Helm chart ", "a layer of no image ",
                    "an artifact of a manifest for no platform ",
                ])
        }
    }

    @Test("what cosign stores of an image under its tag is named with that image only")
    func signatures() throws {
        let fixture = try FixtureImage()
        let amd = try Self.image(fixture, "linux/amd64")
        let arm = try Self.image(fixture, "linux/arm64")
        try fixture.write([
            amd, arm, try Self.signature(fixture, tag: "sha256-\(arm.digest.hex).sig"),
        ])
        #expect(try open(fixture, .all).map(\.gaps.count) == [0, 1])
    }

    @Test("where there is nothing but artifacts, the error says what they are")
    func nothingElse() throws {
        let fixture = try FixtureImage()
        try fixture.write([try Self.chart(fixture), try Self.signature(fixture)])
        for selection in [PlatformSelection.host, .all, .named("linux/amd64")] {
            let error = #expect(throws: ImageError.self) { try open(fixture, selection) }
            #expect(error?.code == .notAnImage)
            let text = String(describing: error)
            #expect(text.contains("a Helm chart") && text.contains("a cosign signature"), "\(text)")
        }
    }

    @Test(
        "what an index calls an artifact or an attestation is an image where a platform or its own parts say so"
    )
    func claims() throws {
        for extra in [
            #","artifactType":"application/vnd.example.thing""#,
            #","platform":{"os":"linux","architecture":"amd64"},"annotations":{"vnd.docker.reference.type":"attestation-manifest"}"#,
        ] {
            let fixture = try FixtureImage()
            try fixture.write([try Self.image(fixture, "linux/amd64", extra: extra)])
            #expect(try open(fixture, .all).map(\.platform.description) == ["linux/amd64"])
        }
    }
}
