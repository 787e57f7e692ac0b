package import Model

/// What somebody says of the environment that images are for: `production=registry.example/shop/*`.
package struct EnvironmentChoice: Hashable, Sendable {
    /// In lower case.
    package let name: String
    /// Which images it is about; nil for all of the run.
    package let images: Glob?

    /// As it is given.
    var text: String { images.map { "\(name)=\($0.pattern)" } ?? name }

    /// Nil where the text names no environment.
    package init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard let name = Self.name(parts[0]), parts.count == 1 || !parts[1].isEmpty else { return nil }
        self.name = name
        images = parts.count > 1 ? Glob(parts[1]) : nil
    }

    /// Whether the image that was given by this reference is meant: as a whole, without its transport, or by what stands
    /// behind any slash, with its tag or digest or without.
    func isAbout(_ reference: String) -> Bool {
        guard let images else { return true }
        var rest = reference[...]
        var names = [rest]
        if let colon = reference.firstIndex(of: ":"), !rest[..<colon].contains("/") {
            names.append(rest[colon...].dropFirst())
        }
        while let slash = rest.firstIndex(of: "/") {
            rest = rest[rest.index(after: slash)...]
            names.append(rest)
        }
        return names.contains {
            images.matches(String($0)) || images.matches(String(ImageFacts.withoutVersion($0)))
        }
    }

    /// Those of `choices` that say nothing of any of `images`, and why; of several about one image the first counts.
    static func idle(
        among choices: [EnvironmentChoice], of images: [String]
    ) -> [(choice: EnvironmentChoice, reason: String)] {
        choices.indices.compactMap { index in
            let meant = images.filter(choices[index].isAbout)
            guard !meant.isEmpty else { return (choices[index], "is about none of these images") }
            let isSaid = meant.allSatisfy { image in choices[..<index].contains { $0.isAbout(image) } }
            return isSaid
                ? (choices[index], "counts for nothing: another before it is about the same images") : nil
        }
    }

    /// The name as it compares; nil where there is none.
    static func name(_ text: String) -> String? {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace)
        return words.isEmpty ? nil : String(words.joined(separator: " ").prefix(60))
    }

    /// The keys of labels and annotations that say it, the surest first.
    static let keys = ["org.opencontainers.image.environment", "environment"]

    /// What an image's own labels say, and then its annotations, given its fields by name.
    ///
    /// They are to be masked already: in lower case, or cut off, a secret is no more known for one.
    static func declared(in fields: [String: String]) -> String? {
        for place in ["Labels", "Annotations"] {
            for key in keys {
                guard let text = fields["\(place)/\(key)"], text.hasPrefix("\(key)=") else { continue }
                if let name = name(String(text.dropFirst(key.count + 1))) { return name }
            }
        }
        return nil
    }
}
