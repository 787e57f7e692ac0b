import Model
import Testing

@testable import Pipeline

struct ProvenanceTests {
    private static let shell = "/bin/sh -c "

    /// Steps of a history: `CMD` and its like made no layer.
    private static func steps(_ instructions: [String?]) -> [LayerFacts] {
        var index = 0
        return instructions.enumerated().map { history, instruction in
            let isEmpty = ["CMD", "ENTRYPOINT", "ENV", "USER", shell + "#(nop)  CMD", "HEALTHCHECK"]
                .contains { instruction?.hasPrefix($0) == true }
            defer { if !isEmpty { index += 1 } }
            return LayerFacts(
                index: isEmpty ? nil : index, history: history, createdBy: instruction, origin: .unknown)
        }
    }

    @Test(
        "the base ends with the last command that is not the image's own",
        arguments: [
            ([], 0), (["ADD rootfs /"], 0), (["ADD rootfs /", #"CMD ["bash"]"#], 0),
            (["ADD rootfs /", #"CMD ["bash"]"#, "COPY . /app"], 1),
            (["ADD rootfs /", #"CMD ["bash"]"#, "COPY . /app", #"CMD ["app"]"#], 1),
            (["ADD a /", #"CMD ["a"]"#, "RUN b", #"ENTRYPOINT ["b"]"#, #"CMD ["c"]"#, "COPY . /"], 2),
            (["ADD a /", "/bin/sh -c #(nop)  CMD [\"bash\"]", "ENV A=b", "RUN c"], 1),
            (["RUN echo CMD [", "RUN c"], 0), ([nil, nil], 0),
            (["ADD a /", "ENV A=CMD [x]", "RUN c"], 0),
        ] as [([String?], Int)])
    func baseLayers(instructions: [String?], count: Int) {
        #expect(Provenance.baseLayers(in: Self.steps(instructions)) == count)
    }

    @Test(
        "what buildah notes beside the first step upon another image tells the base and where it ends",
        arguments: [
            ([:], nil, 0), ([1: "FROM base:1"], "base:1", 1),
            ([1: "FROM base:1", 2: "FROM app:1"], "app:1", 2),
            ([1: "FROM base:1", 2: "FROM f401f357f63f"], "base:1", 1), ([0: "FROM base:1"], nil, 0),
            ([1: "FROM a b"], nil, 0), ([1: "FROM "], nil, 0), ([1: "buildkit.dockerfile.v0"], nil, 0),
        ] as [([Int: String], String?, Int)])
    func notes(comments: [Int: String], name: String?, layers: Int) {
        let steps = Self.steps(["/bin/sh", "/bin/sh", "COPY . /app"])
        let base = Provenance.base(of: Self.image(base: 0), steps, comments: comments)
        #expect(base?.name == name)
        #expect(base?.layers ?? 0 == layers)
        #expect((base == nil) == (layers == 0))
    }

    @Test("an annotation names the base before the history does, but an empty one names none")
    func annotations() {
        let steps = Self.steps(["/bin/sh", "/bin/sh"])
        var image = Self.image(base: 0)
        image.annotations["org.opencontainers.image.base.name"] = "base:1"
        let named = Provenance.base(of: image, steps, comments: [1: "FROM localhost/base:1"])
        #expect(named?.name == "base:1" && named?.source == .annotation && named?.layers == 1)
        image.annotations = [
            "org.opencontainers.image.base.name": "", "org.opencontainers.image.base.digest": "",
        ]
        #expect(Provenance.base(of: image, steps) == nil)
    }

    @Test(
        "an instruction tells how the files of its layer came in",
        arguments: [
            ("COPY . /app # buildkit", .context), ("ADD https://example.com/x /x", .context),
            ("/bin/sh -c #(nop) COPY file:0123 in /app ", .context),
            ("/bin/sh -c #(nop)  ADD file:0123 in / ", .context),
            ("RUN /bin/sh -c apt-get update # buildkit", .step), ("/bin/sh -c apt-get update", .step),
            ("|1 TOKEN=x /bin/sh -c make", .step), ("RUN |1 TOKEN=x /bin/sh -c make", .step),
            ("WORKDIR /app", .unknown), ("bazel build ...", .unknown), ("", .unknown), (nil, .unknown),
        ] as [(String?, Origin)])
    func origin(instruction: String?, origin: Origin) {
        let provenance = Provenance(image: Self.image(base: 1))
        #expect(provenance.origin(ofLayer: 1, createdBy: instruction) == origin)
        #expect(provenance.origin(ofLayer: 0, createdBy: instruction) == .base)
    }

    @Test(
        "a path tells what a cache left, but for what the base brought",
        arguments: [
            ("root/.cache/pip/http/x", .cache), ("root/.npm/_cacache/x", .cache),
            ("var/lib/apt/lists/auth", .cache), ("var/cache/apt/x", .cache),
            ("home/app/.m2/repository/x", .cache), ("go/pkg/mod/cache/x", .cache),
            ("app/cache/x", .step), ("app/.npmrc", .step),
        ] as [(String, Origin)])
    func cache(path: String, origin: Origin) {
        let provenance = Provenance(image: Self.image(base: 1))
        let path = EntryPath(path)
        #expect(provenance.making(ofLayer: 1, createdBy: "RUN make").trace(path).origin == origin)
        #expect(provenance.making(ofLayer: 0, createdBy: "RUN make").trace(path).origin == .base)
    }

    @Test(
        "each origin says what it is known by",
        arguments: [
            (
                "app/.env", "COPY /out /app # buildkit", .context,
                "COPY wrote layer 1 from the build context or from another build stage"
            ),
            (
                "app/.env", "/bin/sh -c #(nop) ADD file:01 in / ", .context,
                "ADD wrote layer 1 from the build context"
            ),
            ("app/x", "ADD https://example.com/x /app", .context, "ADD fetched layer 1 from the network"),
            (
                "app/x", "COPY --from=builder /x /x", .context,
                "COPY took layer 1 from the build stage or image builder"
            ),
            ("app/.npmrc", "RUN npm ci", .step, "a RUN step wrote layer 1"),
            (
                "root/.npm/_cacache/x", "RUN npm ci", .cache,
                "it lies in npm's cache, left by the RUN step of layer 1"
            ),
            (
                "root/.cargo/registry/x", "RUN cargo b", .cache,
                "it lies in Cargo's cache, left by the RUN step of layer 1"
            ),
            (
                "tmp/token", "RUN make", .cache,
                "it lies in a folder for temporary files, left by the RUN step of layer 1"
            ),
            (
                "tmp/token", "COPY token /tmp", .context,
                "COPY wrote layer 1 from the build context or from another build stage"
            ),
            ("app/x", nil, .unknown, "the history does not say what wrote layer 1"),
            ("app/x", "bazel build", .unknown, "what wrote layer 1 is no COPY, ADD or RUN"),
        ] as [(String, String?, Origin, String)])
    func reasons(path: String, instruction: String?, origin: Origin, reason: String) {
        let traced = Provenance(image: Self.image(base: 1)).making(ofLayer: 1, createdBy: instruction)
            .trace(EntryPath(path))
        #expect(traced.origin == origin)
        #expect(traced.reason == reason)
    }

    @Test("what is inherited says how sure that is")
    func inherited() {
        var image = Self.image(base: 2)
        let guessed = Provenance(image: image).making(ofLayer: 0, createdBy: nil).trace(EntryPath("x"))
        #expect(guessed.reason.hasSuffix("a guess from the history"))
        image.base = .init(name: "base:1", digest: nil, layers: 2, source: .given, ownLayers: 2)
        let proven = Provenance(image: image).making(ofLayer: 1, createdBy: nil).trace(EntryPath("x"))
        #expect(proven.reason == "layer 1 is one of the 2 shared with base:1, by their digests")
    }

    @Test("a layer of a build cache, and each metadata field, says so too")
    func others() {
        var image = Self.image(base: 0)
        image.kind = .buildCache
        let cached = Provenance(image: image).making(ofLayer: 0, createdBy: nil).trace(EntryPath("x"))
        #expect(cached.origin == .cache && cached.reason.contains("build cache"))
        for field in ["history/3", "Env/TOKEN", "Labels/x", "Annotations/y", "Cmd"] {
            let traced = Provenance.trace(field: field)
            #expect(traced.origin == .metadata && !traced.reason.isEmpty)
        }
    }

    private static func image(base layers: Int) -> ImageFacts {
        let digest = Digest(sha256: Array(repeating: 1, count: 32))
        return ImageFacts(
            name: "x", digest: digest, platform: "linux/amd64", created: nil, configDigest: digest,
            base: .init(name: nil, digest: nil, layers: layers, source: .history))
    }
}
