internal import Model

/// Where a secret came from, as an investigator asks: out of the source code, left by the build, or baked in.
struct SecretOrigin {
    /// One sentence, without a full stop.
    let answer: SafeText
    /// Which other images of the run hold the same secret; nil where none does, or nobody looked.
    let sharing: SafeText?

    private static let shownPlaces = 2
    private static let shownImages = 5

    /// The answer for findings of one secret, in the order of their places; nil where they are none.
    init?(_ findings: ArraySlice<Finding>) {
        guard let first = findings.first, first.fingerprint != nil else { return nil }
        let places = Set(findings.compactMap(\.inSource).joined()).sorted {
            ($0.state.rank, $0) < ($1.state.rank, $1)
        }
        let isSearched = findings.contains { $0.inSource != nil }
        // What lies lowest is what the other places were made from, if any was.
        let earliest = findings.first { $0.location.layer != nil } ?? first
        let reason = earliest.originReason.map { SafeText.cleaning($0, limit: 300) }
        let because: SafeText = reason.map { ": \($0)" } ?? .empty
        if let place = places.first {
            let more = places.count - Self.shownPlaces
            let shown = places.prefix(Self.shownPlaces).map { SafeText.cleaning($0.summary, limit: 200) }
            let list = SafeText.joined(shown, by: ", ")
            let others: SafeText = more > 0 ? " and \(more, "more place")" : ""
            answer = "\(place.state.answer) (\(list)\(others)): \(reason ?? earliest.origin.answer)"
        } else if isSearched {
            answer = "\(earliest.origin.answer), and not in the source tree\(because)"
        } else {
            answer = "\(earliest.origin.answer)\(because)"
        }
        sharing = Self.sharing(Set(findings.compactMap(\.sharedWith).joined()).sorted())
    }

    private static func sharing(_ images: [ComparedImage]) -> SafeText? {
        guard !images.isEmpty else { return nil }
        let shown = images.prefix(shownImages).map { image -> SafeText in
            let name = SafeText.cleaning(image.name, limit: 160)
            return image.environment.map { "\(name) (\(.cleaning($0, limit: 60)))" } ?? name
        }
        let more = images.count - shownImages
        let others: SafeText = more > 0 ? " and \(more) more" : ""
        return "also in \(.joined(shown, by: ", "))\(others)"
    }
}

extension SourcePlace.State {
    /// The surest explanation first.
    fileprivate var rank: Int {
        switch self {
        case .tracked: 0
        case .unversioned: 1
        case .untracked: 2
        case .history: 3
        }
    }

    fileprivate var answer: SafeText {
        switch self {
        case .tracked, .unversioned: "from the source code"
        case .untracked: "from a file in the source tree that git does not track"
        case .history: "from the history of the source code"
        }
    }
}

extension Origin {
    /// The short answer.
    fileprivate var answer: SafeText {
        switch self {
        case .base: "inherited from the base image"
        case .context: "copied in by the build"
        case .step: "made by a build step"
        case .cache: "left in a cache"
        case .metadata: "baked into the metadata"
        case .unknown: "not known"
        }
    }
}
