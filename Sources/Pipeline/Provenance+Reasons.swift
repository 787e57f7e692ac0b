import Archives
import Model

/// How something got into the image, and what that is known by.
struct TracedOrigin {
    let origin: Origin
    /// In words that an auditor can check.
    let reason: String
}

extension Provenance {
    /// The origin of a file in a layer.
    func trace(_ path: EntryPath, inLayer index: Int, createdBy instruction: String?) -> TracedOrigin {
        if let reason = inheritance(ofLayer: index) { return TracedOrigin(origin: .base, reason: reason) }
        let name = [UInt8(ascii: "/")] + path.bytes
        if let cache = Self.cache(name, isCopied: instruction.map(Self.copies) ?? false) {
            return TracedOrigin(
                origin: .cache, reason: "it lies in \(cache)\(Self.writer(of: index, instruction))")
        }
        let origin = origin(ofLayer: index, createdBy: instruction)
        return TracedOrigin(origin: origin, reason: Self.reason(origin, index, instruction))
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
        let isAdd = words.contains("ADD")
        if isAdd, words.contains(where: { $0.hasPrefix("https://") || $0.hasPrefix("http://") }) {
            return "ADD fetched layer \(index) from the network"
        }
        return "\(isAdd ? "ADD" : "COPY") wrote layer \(index) from the build context"
    }

    private static func writer(of index: Int, _ instruction: String?) -> String {
        guard let instruction else { return "" }
        if copies(instruction) { return ", copied in by layer \(index)" }
        return runs(instruction) ? ", left by the RUN step of layer \(index)" : ""
    }

    /// Which cache a path lies in, in words; nil where it lies in none.
    private static func cache(_ name: [UInt8], isCopied: Bool) -> String? {
        if let cache = caches.first(where: { ByteSearch.contains(name.span, $0.marker) }) {
            return cache.owner
        }
        // What somebody copies into a folder for temporary files is not left there by accident.
        guard !isCopied else { return nil }
        return temporary.first { name.starts(with: $0) }.map { _ in "a folder for temporary files" }
    }

    private static let temporary = ["/tmp/", "/var/tmp/"].map { Array($0.utf8) }

    /// Where package managers and build tools leave what they fetched or made; the first that fits names it.
    private static let caches = [
        ("/.cache/pip/", "pip's cache"), ("/.cache/go-build/", "Go's build cache"),
        ("/.cache/yarn/", "Yarn's cache"), ("/.cache/pypoetry/", "Poetry's cache"),
        ("/.cache/uv/", "uv's cache"), ("/.cache/composer/", "Composer's cache"),
        ("/.cache/", "a user's cache folder (~/.cache)"), ("/.npm/_", "npm's cache"),
        ("/.cargo/registry/", "Cargo's cache"), ("/.cargo/git/", "Cargo's cache"),
        ("/cargo/registry/", "Cargo's cache"), ("/.gradle/caches/", "Gradle's cache"),
        ("/.m2/repository/", "Maven's repository"), ("/.yarn/cache/", "Yarn's cache"),
        ("/.pnpm-store/", "pnpm's store"), ("/go/pkg/mod/", "Go's module cache"),
        ("/.nuget/packages/", "NuGet's cache"), ("/.ivy2/cache/", "Ivy's cache"),
        ("/.bundle/cache/", "Bundler's cache"), ("/.composer/cache/", "Composer's cache"),
        ("/.conan/data/", "Conan's cache"), ("/var/cache/apt/", "apt's cache"),
        ("/var/lib/apt/lists/", "apt's lists"), ("/var/cache/apk/", "apk's cache"),
        ("/var/cache/", "a system cache (/var/cache)"),
        ("/var/lib/buildkit/", "BuildKit's own store"), ("/var/lib/docker/", "an engine's own store"),
    ].map { (marker: Array($0.0.utf8), owner: $0.1) }
}
