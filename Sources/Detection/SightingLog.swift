internal import Model

/// What was seen in the file at hand so far.
struct SightingLog {
    /// A sighting that may still give way to a better one.
    struct Draft {
        var sighting: Sighting
        /// Where in the file the match began; the secret may stand further on.
        let start: Int
        /// Whether line and column are to be told.
        let hasLines: Bool

        /// Where the secret stands, for findings that are one.
        var secret: Range<Int>? {
            guard case .finding(let finding) = sighting, finding.fingerprint != nil,
                let offset = finding.place.offset, let length = finding.place.length
            else { return nil }
            return offset..<(offset + length)
        }
    }

    /// More than this from one file help nobody and cost memory.
    static let limit = 5_000

    private(set) var drafts: [Draft] = []
    /// Why the file was not looked at as it should have been.
    private(set) var shortfall: String?

    mutating func add(_ sighting: Sighting, start: Int = 0, hasLines: Bool = false) {
        guard drafts.count < Self.limit else {
            fallShort("more than \(Self.limit) sightings")
            return
        }
        drafts.append(Draft(sighting: sighting, start: start, hasLines: hasLines))
    }

    mutating func fallShort(_ reason: String) { shortfall = shortfall ?? reason }

    mutating func clear() {
        if !drafts.isEmpty { drafts.removeAll() }
        if shortfall != nil { shortfall = nil }
    }

    /// Takes back what a new window sees better: matches that start at or after `offset`.
    mutating func supersede(from offset: Int) {
        guard !drafts.isEmpty else { return }
        drafts.removeAll { $0.hasLines && $0.start >= offset }
    }

    /// Fills in line and column of the drafts from `first` on, which were seen in this window.
    mutating func locate(from first: Int, in window: Span<UInt8>, lines: LineCounter) {
        let indices = drafts.indices[first...].filter { drafts[$0].hasLines }
            .sorted { drafts[$0].sighting.place.offset ?? 0 < drafts[$1].sighting.place.offset ?? 0 }
        let places = lines.places(of: indices.map { drafts[$0].sighting.place.offset ?? 0 }, in: window)
        for (index, place) in zip(indices, places) {
            drafts[index].sighting.place.line = place?.line
            drafts[index].sighting.place.column = place?.column
        }
    }

    /// The sightings in order, one for each secret: where several rules saw it, that of the best.
    func settled() -> [Sighting] {
        guard drafts.count > 1 else { return drafts.map(\.sighting) }
        var kept: [Draft] = []
        var others: [Draft] = []
        let inOrder = drafts.enumerated().sorted { left, right in
            (left.element.secret?.lowerBound ?? -1, left.offset) < (
                right.element.secret?.lowerBound ?? -1, right.offset
            )
        }
        for (_, draft) in inOrder {
            guard let secret = draft.secret else {
                others.append(draft)
                continue
            }
            if let last = kept.last, let lastSecret = last.secret, lastSecret.overlaps(secret) {
                if Self.isBetter(draft, than: last) { kept[kept.count - 1] = draft }
            } else {
                kept.append(draft)
            }
        }
        return (others + kept).map(\.sighting)
    }

    /// The surer rule wins, then the longer secret, then the graver rule, then the id.
    private static func isBetter(_ left: Draft, than right: Draft) -> Bool {
        guard case .finding(let first) = left.sighting, case .finding(let second) = right.sighting else {
            return false
        }
        guard first.confidence == second.confidence else { return first.confidence > second.confidence }
        guard first.place.length == second.place.length else {
            return (first.place.length ?? 0) > (second.place.length ?? 0)
        }
        guard first.severity == second.severity else { return first.severity > second.severity }
        return first.rule < second.rule
    }
}
