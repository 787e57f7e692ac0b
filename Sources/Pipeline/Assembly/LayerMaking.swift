import Archives
import Model

/// How a layer was made: read once out of its instruction, for all files that lie in it.
struct LayerMaking {
    let origin: Origin
    /// What the origin is known by.
    let reason: String
    let isInherited: Bool
    let isCopied: Bool
    /// Who left a cache in it, as the end of a sentence; empty where that is not told.
    let writer: String

    /// The origin of a file in the layer.
    func trace(_ path: EntryPath) -> TracedOrigin {
        if !isInherited, let cache = Self.cache([UInt8(ascii: "/")] + path.bytes, isCopied: isCopied) {
            return TracedOrigin(origin: .cache, reason: "it lies in \(cache)\(writer)")
        }
        return TracedOrigin(origin: origin, reason: reason)
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
