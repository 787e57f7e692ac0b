/// What an image is called where only plain names will do: folders, class names of tests.
extension ImageFacts {
    /// The name without transport, folder, archive ending, tag and digest: lower-case letters, digits, `-` and `_`.
    ///
    /// Of a registry's image it is the whole repository: `shop-app` for `docker://registry.example.com/shop/app:1.2`.
    ///
    /// It stays the same from build to build, so a pipeline can follow a test through time by it. It is never empty, begins
    /// with a letter or digit, and has at most 80 characters, whatever the reference holds.
    package var slug: String {
        guard let registry, !registry.isEmpty else { return Self.slug(of: name) }
        var path = Self.withoutTransport(name).drop { $0 == "/" }
        if path.hasPrefix(registry + "/") { path = path.dropFirst(registry.count + 1) }
        return Self.repositorySlug(path) ?? Self.slug(of: name)
    }

    /// The slug; where another image of the same run may have it too, more of the name, and of the digest if need be.
    ///
    /// Whoever reads several reports of a run takes what has one name for one image.
    package func slug(among others: [ComparedImage]) -> String {
        let (slug, words) = (slug, Self.words(of: slug))
        // There may be thousands, of which next to none can have it.
        let names = others.lazy.filter { $0.digest != digest && Self.mayHave(words, $0.name) }.map(\.name)
        return Self.told(slug, of: name, digest, from: names)
    }

    /// The slug of a name, or as much more as tells it from `others`, other names.
    package static func slug(of name: String, _ digest: Digest, among others: [String]) -> String {
        let slug = slug(of: name)
        let words = words(of: slug)
        return told(slug, of: name, digest, from: others.filter { mayHave(words, $0) })
    }

    /// Whether an image of one of the names may be called what one of the other can be.
    package static func isAlike(_ name: String, _ other: String) -> Bool {
        !forms(of: name).isDisjoint(with: forms(of: other))
    }

    /// The first of slug, path and whole name that no other image can have, and else with the digest.
    ///
    /// Who has no more of a path than the slug keeps it before those that have, since they go by more of theirs: so nobody
    /// loses a name to an image that has another, and only names that are written alike take what a new build changes.
    private static func told(
        _ slug: String, of name: String, _ digest: Digest, from others: some Collection<String>
    ) -> String {
        let rivals = others.filter { slugs(of: $0).contains(slug) }
        let path = pathSlug(of: name)
        if slug == path ? !rivals.contains(where: { pathSlug(of: $0) == slug }) : rivals.isEmpty {
            return slug
        }
        let whole = wholeSlug(of: name)
        let taken = others.reduce(into: Set()) { $0.formUnion(forms(of: $1)) }
        return [path, whole].first { !taken.contains($0) } ?? "\(whole)-\(digest.short)"
    }

    /// What of a slug stands in every name that it may come from; none of one that stands for a name without letters.
    private static func words(of slug: String) -> [[UInt8]] {
        slug == nameless
            ? [] : slug.utf8.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }.map(Array.init)
    }

    private static func mayHave(_ words: [[UInt8]], _ name: String) -> Bool {
        let upper = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let bytes = name.utf8.map { upper.contains($0) ? $0 | 0x20 : $0 }
        // Other scripts have letters whose small form is one of these.
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return true }
        return words.allSatisfy { word in
            bytes.indices.contains { bytes[$0] == word[0] && bytes[$0...].starts(with: word) }
        }
    }

    /// Every slug that an image of this name can have, from whichever registry it was read.
    private static func slugs(of name: String) -> Set<String> {
        // What is a file or a folder was read from none.
        guard !files.contains(where: { name.hasPrefix($0 + ":") }) else { return [slug(of: name)] }
        let path = withoutTransport(name).drop { $0 == "/" }
        return Set([slug(of: name)] + [path, path.drop { $0 != "/" }].compactMap(repositorySlug))
    }

    /// All that an image of this name can be called, whatever others there are.
    private static func forms(of name: String) -> Set<String> {
        slugs(of: name).union([pathSlug(of: name), wholeSlug(of: name)])
    }

    /// Of the name with its folders.
    private static func pathSlug(of name: String) -> String { plain(String(unversioned(name))) }

    /// Of the name with its folders and its tag.
    private static func wholeSlug(of name: String) -> String { plain(String(withoutTransport(name))) }

    /// Of a repository: teams call their images alike, and each of them has one called api.
    private static func repositorySlug(_ path: Substring) -> String? {
        let folders = path.split(separator: "/")
        return folders.last.map { last in
            plain(folders.dropLast().map { $0 + "-" }.joined() + withoutVersion(last))
        }
    }

    /// The same of any image's name, of which only what stands behind the last slash counts.
    package static func slug(of name: String) -> String {
        var rest = withoutVersion(withoutTransport(name).split(separator: "/").last ?? "")
        for suffix in [".gz", ".zst", ".tar", ".tgz", ".oci"] where rest.hasSuffix(suffix) {
            rest = rest.dropLast(suffix.utf8.count)
        }
        return plain(String(rest))
    }

    private static func withoutTransport(_ name: String) -> Substring {
        let transport = transports.first { name.hasPrefix($0 + ":") }
        return name.dropFirst(transport.map { $0.utf8.count + 1 } ?? 0)
    }

    /// A name, or the end of one, without its tag and digest; a colon before the last slash is that of a port.
    package static func withoutVersion(_ name: Substring) -> Substring {
        let last = name.lastIndex(of: "/") ?? name.startIndex
        return name[..<(name[last...].firstIndex { $0 == ":" || $0 == "@" } ?? name.endIndex)]
    }

    /// What an image is called from build to build: its name without transport, tag and digest.
    package static func unversioned(_ name: String) -> Substring { withoutVersion(withoutTransport(name)) }

    private static func plain(_ text: String) -> String {
        let plain = text.lowercased().unicodeScalars.map { scalar in
            switch scalar {
            case "a"..."z", "0"..."9", "_", "-": Character(scalar)
            default: Character("-")
            }
        }
        // Of what is long the end tells more.
        let trimmed = plain.suffix(80).drop { $0 == "-" || $0 == "_" }
        return trimmed.isEmpty ? nameless : String(trimmed)
    }

    /// What a folder for the image's reports is called: its name, and enough of its digest to tell builds apart.
    package var folderName: String { "\(slug)@\(digest.short)" }

    /// The slug of what has neither letter nor digit in its name.
    private static let nameless = "image"
    private static let files = ["oci", "oci-archive", "docker-archive"]
    private static let transports = files + ["docker-daemon", "docker"]
}
