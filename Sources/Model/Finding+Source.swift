extension Finding {
    /// Takes down where in a source tree the same secret stands, the first place also beside the reason of its origin.
    package mutating func note(inSource places: [SourcePlace]) {
        inSource = places
        guard let also else { return }
        originReason = originReason.map { $0 + Self.separator + also } ?? also
    }

    /// The reason of its origin alone, whatever is noted of a source tree.
    package var ownOriginReason: String? {
        guard let also, let originReason, originReason.hasSuffix(also) else { return originReason }
        let own = originReason.dropLast(also.count)
        return own.isEmpty ? nil : String(own.dropLast(Self.separator.count))
    }

    private static let separator = "; "

    private var also: String? {
        inSource?.first.map { place in
            "the same secret is in the source tree, \(place.summary) (\(place.state.rawValue))"
        }
    }
}
