import Model

/// How things got into the image, as far as its own history tells.
struct Provenance: Sendable {
    private let base: ImageFacts.Base?
    private let isCache: Bool

    private var baseLayers: Int { base?.layers ?? 0 }

    init(image: ImageFacts) {
        base = image.base
        isCache = image.kind == .buildCache
    }

    /// What the image itself tells of its base: its annotations say which, and its history how many layers are from it.
    ///
    /// `comments` are those of the history, by their position in it.
    static func base(of image: ImageFacts, _ steps: [LayerFacts], comments: [Int: String] = [:])
        -> ImageFacts.Base?
    {
        guard image.kind == .image else { return nil }
        // Buildah annotates an image that is built on nothing with an empty name.
        let name = image.annotations["org.opencontainers.image.base.name"].flatMap { $0.isEmpty ? nil : $0 }
        let digest = image.annotations["org.opencontainers.image.base.digest"].flatMap(Digest.init)
        let named = namedBase(in: steps, comments)
        let layers = named?.layers ?? baseLayers(in: steps)
        if name != nil || digest != nil {
            return ImageFacts.Base(name: name, digest: digest, layers: layers, source: .annotation)
        }
        return layers > 0
            ? ImageFacts.Base(name: named?.name, digest: nil, layers: layers, source: .history) : nil
    }

    /// What buildah notes in the history: `FROM NAME` beside the first step upon another image.
    ///
    /// Beside later steps of a build it notes the ID of what the step before made, which is no base.
    private static func namedBase(in steps: [LayerFacts], _ comments: [Int: String])
        -> (name: String, layers: Int)?
    {
        for index in steps.indices.reversed() {
            guard let comment = steps[index].history.flatMap({ comments[$0] }), comment.hasPrefix("FROM ")
            else { continue }
            let name = String(comment.dropFirst(5))
            let isID = [12, 64].contains(name.utf8.count) && name.allSatisfy(\.isHexDigit)
            guard !isID, !name.isEmpty, !name.contains(" ") else { continue }
            let layers = steps[..<index].count { !$0.empty }
            return layers > 0 ? (name, layers) : nil
        }
        return nil
    }

    /// How many of the non-empty layers come from the base, by the history alone.
    ///
    /// A base image ends with the command it would run itself; steps that make layers after it belong to the image
    /// built upon it. Where the only such command is the last step, nothing shows where the base ends.
    static func baseLayers(in steps: [LayerFacts]) -> Int {
        let boundary = steps.indices.last { index in
            guard steps[index].empty, let instruction = steps[index].createdBy else { return false }
            return isCommand(instruction) && steps[index...].contains { !$0.empty }
        }
        guard let boundary else { return 0 }
        return steps[..<boundary].count { !$0.empty }
    }

    private static func isCommand(_ instruction: String) -> Bool {
        ["CMD [", "ENTRYPOINT ["].contains { instruction.hasPrefix($0) || isOld($0, instruction) }
    }

    /// Whether the builder before BuildKit wrote this: `/bin/sh -c #(nop) COPY …`, of some versions with two blanks.
    private static func isOld(_ keyword: String, _ instruction: String) -> Bool {
        ["#(nop) ", "#(nop)  "].contains { instruction.contains($0 + keyword) }
    }

    /// What a layer is known to be inherited by; nil where it is not.
    func inheritance(ofLayer index: Int) -> String? {
        guard let base, index < base.layers else { return nil }
        let name = base.name ?? base.digest?.text ?? "the base image"
        return switch base.source {
        case .given: "layer \(index) is one of the \(base.layers) shared with \(name), by their digests"
        case .annotation, .history:
            "layer \(index) is one of the \(base.layers) that seem to be from \(name), a guess from the history"
        }
    }

    /// The origin of a whole layer.
    func origin(ofLayer index: Int?, createdBy instruction: String?) -> Origin {
        if isCache { return .cache }
        if let index, index < baseLayers { return .base }
        guard let instruction else { return .unknown }
        if index == nil { return .metadata }
        if Self.copies(instruction) { return .context }
        return Self.runs(instruction) ? .step : .unknown
    }

    static func copies(_ instruction: String) -> Bool {
        ["COPY ", "ADD "].contains { instruction.hasPrefix($0) || isOld($0, instruction) }
    }

    static func runs(_ instruction: String) -> Bool {
        instruction.hasPrefix("RUN ") || instruction.contains("/bin/sh -c ") || instruction.hasPrefix("|")
    }
}
