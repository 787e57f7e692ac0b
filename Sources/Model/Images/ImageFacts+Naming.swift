/// What an image is called where only plain names will do: folders, class names of tests.
extension ImageFacts {
    /// The name without transport, folder, archive ending, tag and digest: lower-case letters, digits, `-` and `_`.
    ///
    /// It stays the same from build to build, so a pipeline can follow a test through time by it. It is never empty, begins
    /// with a letter or digit, and has at most 80 characters, whatever the reference holds.
    package var slug: String { Self.slug(of: name) }

    /// The same of any image's name.
    package static func slug(of name: String) -> String {
        let transport = transports.first { name.hasPrefix($0 + ":") }
        let place = name.dropFirst(transport.map { $0.utf8.count + 1 } ?? 0)
        let last = place.split(separator: "/").last ?? ""
        var rest = last.split(whereSeparator: { $0 == ":" || $0 == "@" }).first ?? ""
        for suffix in [".gz", ".zst", ".tar", ".tgz", ".oci"] where rest.hasSuffix(suffix) {
            rest = rest.dropLast(suffix.utf8.count)
        }
        let plain = rest.lowercased().unicodeScalars.map { scalar in
            switch scalar {
            case "a"..."z", "0"..."9", "_", "-": Character(scalar)
            default: Character("-")
            }
        }
        let trimmed = plain.drop { $0 == "-" || $0 == "_" }.prefix(80)
        return trimmed.isEmpty ? "image" : String(trimmed)
    }

    /// What a folder for the image's reports is called: its name, and enough of its digest to tell builds apart.
    package var folderName: String { "\(slug)@\(digest.short)" }

    private static let transports = ["oci", "oci-archive", "docker-archive", "docker-daemon", "docker"]
}
