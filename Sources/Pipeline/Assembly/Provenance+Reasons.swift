import Model

extension Provenance {
    /// How a layer was made.
    func making(ofLayer index: Int, createdBy instruction: String?) -> LayerMaking {
        let inheritance = inheritance(ofLayer: index)
        let origin = origin(ofLayer: index, createdBy: instruction)
        return LayerMaking(
            origin: origin, reason: inheritance ?? Self.reason(origin, index, instruction),
            isInherited: inheritance != nil, isCopied: instruction.map(Self.copies) ?? false,
            writer: Self.writer(of: index, instruction))
    }

    /// The origin of a metadata field.
    static func trace(field: String) -> TracedOrigin {
        let parts = field.split(separator: "/")
        let reason =
            switch parts.first.map(String.init) ?? "" {
            case "history": "it stands in the history, which records the instructions of the build"
            case "Env": "the configuration sets it as an environment variable"
            case "Labels": "the configuration has it as a label"
            case "Annotations": "the manifest has it as an annotation"
            default: "it stands in the image's configuration"
            }
        return TracedOrigin(origin: .metadata, reason: reason)
    }

    private static func reason(_ origin: Origin, _ index: Int, _ instruction: String?) -> String {
        switch origin {
        case .context: copyReason(index, instruction ?? "")
        case .step: "a RUN step wrote layer \(index)"
        case .cache: "layer \(index) is of a build cache, which keeps what the stages of a build made"
        case .base, .metadata, .unknown:
            instruction == nil
                ? "the history does not say what wrote layer \(index)"
                : "what wrote layer \(index) is no COPY, ADD or RUN"
        }
    }

    private static func copyReason(_ index: Int, _ instruction: String) -> String {
        let words = instruction.split(separator: " ")
        if let stage = words.first(where: { $0.hasPrefix("--from=") }) {
            return "COPY took layer \(index) from the build stage or image \(stage.dropFirst(7))"
        }
        // Builders leave out of the history which stage COPY took from, and ADD takes from none.
        guard words.contains("ADD") else {
            return "COPY wrote layer \(index) from the build context or from another build stage"
        }
        let isFetched = words.contains { $0.hasPrefix("https://") || $0.hasPrefix("http://") }
        return isFetched
            ? "ADD fetched layer \(index) from the network"
            : "ADD wrote layer \(index) from the build context"
    }

    private static func writer(of index: Int, _ instruction: String?) -> String {
        guard let instruction else { return "" }
        if copies(instruction) { return ", copied in by layer \(index)" }
        return runs(instruction) ? ", left by the RUN step of layer \(index)" : ""
    }
}
