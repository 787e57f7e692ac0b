import Model

/// How things got into the image, as far as its own history tells.
struct Provenance: Sendable {
    private let baseLayers: Int

    init(image: ImageFacts) { baseLayers = image.base?.layers ?? 0 }

    /// What the image itself tells of its base: its annotations say which, and its history how many layers are from it.
    static func base(of image: ImageFacts, _ steps: [LayerFacts]) -> ImageFacts.Base? {
        let name = image.annotations["org.opencontainers.image.base.name"]
        let digest = image.annotations["org.opencontainers.image.base.digest"].flatMap(Digest.init)
        let layers = baseLayers(in: steps)
        if name != nil || digest != nil {
            return ImageFacts.Base(name: name, digest: digest, layers: layers, source: .annotation)
        }
        return layers > 0 ? ImageFacts.Base(name: nil, digest: nil, layers: layers, source: .history) : nil
    }

    /// How many of the non-empty layers come from the base, by the history alone.
    ///
    /// A base image ends with the command it would run itself; steps that make layers after it belong to the image
    /// built upon it. Where the only such command is the last step, nothing shows where the base ends.
    static func baseLayers(in steps: [LayerFacts]) -> Int {
        let boundary = steps.indices.last { index in
            guard steps[index].empty, let instruction = steps[index].createdBy else { return false }
            let isCommand = instruction.contains("CMD [") || instruction.contains("ENTRYPOINT [")
            return isCommand && steps[index...].contains { !$0.empty }
        }
        guard let boundary else { return 0 }
        return steps[..<boundary].count { !$0.empty }
    }

    /// The origin of a whole layer.
    func origin(ofLayer index: Int?, createdBy instruction: String?) -> Origin {
        if let index, index < baseLayers { return .base }
        guard let instruction else { return .unknown }
        if index == nil { return .metadata }
        if Self.copies(instruction) { return .context }
        return Self.runs(instruction) ? .step : .unknown
    }

    /// The origin of a file in a layer.
    func origin(of path: EntryPath, inLayer index: Int, createdBy instruction: String?) -> Origin {
        if index < baseLayers { return .base }
        if Self.caches.contains(where: { path.description.contains($0) }) { return .cache }
        return origin(ofLayer: index, createdBy: instruction)
    }

    private static func copies(_ instruction: String) -> Bool {
        // The builder before BuildKit writes `/bin/sh -c #(nop) COPY …`, of some versions with two blanks.
        ["COPY ", "ADD "].contains { keyword in
            instruction.hasPrefix(keyword)
                || ["#(nop) ", "#(nop)  "].contains { instruction.contains($0 + keyword) }
        }
    }

    private static func runs(_ instruction: String) -> Bool {
        instruction.hasPrefix("RUN ") || instruction.contains("/bin/sh -c ") || instruction.hasPrefix("|")
    }

    /// Where package managers and build tools leave what they fetched or made.
    private static let caches = [
        "/.cache/", "/.npm/_", "/.cargo/registry/", "/.gradle/caches/", "/.m2/repository/", "/.yarn/cache/",
        "/var/cache/", "/var/lib/apt/lists/", "/go/pkg/mod/", "/.nuget/packages/",
    ]
}
