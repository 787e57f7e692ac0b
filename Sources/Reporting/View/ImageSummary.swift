internal import Model

/// The image as a report names it.
package struct ImageSummary: Sendable {
    package let name: SafeText
    package let digest: SafeText
    package let configDigest: SafeText
    package let platform: SafeText
    package let created: SafeText?
    package let base: SafeText?
    /// The name without transport, folder, tag and digest, of letters that are safe in any file or class name.
    ///
    /// It stays the same from build to build, so a pipeline can follow a test through time by it.
    package let slug: SafeText
    private let shortDigest: SafeText

    init(_ facts: ImageFacts) {
        name = .cleaning(facts.name)
        digest = .cleaning(facts.digest.text)
        shortDigest = .cleaning(facts.digest.short)
        configDigest = .cleaning(facts.configDigest.text)
        platform = .cleaning(facts.platform, limit: 60)
        created = facts.created.map { .cleaning($0.description) }
        base = facts.base.map { base in
            let name = base.name ?? base.digest?.text ?? "unnamed"
            return "\(SafeText.cleaning(name)), \(base.layers, "layer")"
        }
        slug = .cleaning(Self.slug(facts.name), limit: 80)
    }

    /// What a folder for this image's reports is called: its name, and enough of its digest to tell builds apart.
    package var folderName: String { "\(slug)@\(shortDigest)" }

    private static func slug(_ name: String) -> String {
        var rest = name[...]
        if let at = rest.firstIndex(of: "@") { rest = rest[..<at] }
        if let slash = rest.lastIndex(of: "/") {
            rest = rest[rest.index(after: slash)...]
        } else if let colon = rest.firstIndex(of: ":"),
            ["oci", "oci-archive", "docker-archive", "docker-daemon", "docker"].contains(rest[..<colon])
        {
            rest = rest[rest.index(after: colon)...]
        }
        if let colon = rest.firstIndex(of: ":") { rest = rest[..<colon] }
        for suffix in [".gz", ".zst", ".tar", ".tgz", ".oci"] where rest.hasSuffix(suffix) {
            rest = rest.dropLast(suffix.count)
        }
        let letters = rest.lowercased().unicodeScalars.map { scalar in
            let isKept =
                scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isKept || scalar == "_" || scalar == "-" ? String(scalar) : "-"
        }
        let slug = letters.joined()
        return slug.contains { $0 != "-" } ? slug : "image"
    }
}
