internal import Model

/// What was seen in the file at hand so far.
struct SightingLog {
    /// A sighting that may still give way to a better one.
    struct Draft {
        var sighting: Sighting
        /// Where in the file the match began; the secret may stand further on.
        var start: Int
        /// Whether line and column are to be told.
        let hasLines: Bool
        /// In how many encodings in which no byte stands for itself it was seen.
        var spelledOut = 0
        /// In how many encodings it was seen.
        var steps: Int { sighting.place.within.count }

        /// Where the secret stands, for findings that are one.
        var secret: Range<Int>? {
            guard case .finding(let finding) = sighting, finding.fingerprint != nil,
                let offset = finding.place.offset, let length = finding.place.length
            else { return nil }
            return offset..<(offset + length)
        }

        /// Whether the secret stands wherever the other does.
        func covers(_ other: Draft) -> Bool {
            guard let own = secret, let others = other.secret else { return false }
            return own.lowerBound <= others.lowerBound && own.upperBound >= others.upperBound
        }
    }

    /// More than this from one file help nobody and cost memory.
    static let limit = 5_000

    /// So many bytes of what has to be opened are kept from one file.
    private static let mostPacked = 4 << 20
    /// And so many of them: each is opened, and what only begins like one costs as much.
    private static let packedLimit = 1_000

    private(set) var drafts: [Draft] = []
    private(set) var packed: [PackedText] = []
    /// Why the file was not looked at as it should have been.
    private(set) var shortfall: String?
    /// Whether there was more than it takes: what else there is need not be confirmed.
    private(set) var isOverfull = false

    mutating func add(_ sighting: Sighting, start: Int = 0, hasLines: Bool = false) {
        add(Draft(sighting: sighting, start: start, hasLines: hasLines))
    }

    mutating func add(_ draft: Draft) {
        guard drafts.count < Self.limit else {
            isOverfull = true
            fallShort("more than \(Self.limit) sightings")
            return
        }
        drafts.append(draft)
    }

    /// Of what begins at one place the longest counts: breaks that stand as escapes end it for those who do not know them.
    mutating func add(_ text: PackedText) {
        if let index = packed.firstIndex(where: { $0.stored.lowerBound == text.stored.lowerBound }) {
            guard text.bytes.count > packed[index].bytes.count else { return }
            packed.remove(at: index)
        }
        let bytes = packed.reduce(text.bytes.count) { $0 + $1.bytes.count }
        guard packed.count < Self.packedLimit, bytes <= Self.mostPacked else {
            return fallShort(
                "more than \(Self.packedLimit) archives or \(Self.mostPacked >> 20) MiB of them that stand encoded"
            )
        }
        packed.append(text)
    }

    mutating func fallShort(_ reason: String) { shortfall = shortfall ?? reason }

    mutating func clear() {
        if !drafts.isEmpty { drafts.removeAll() }
        if !packed.isEmpty { packed.removeAll() }
        if shortfall != nil { shortfall = nil }
        isOverfull = false
    }

    /// Takes back what a new window sees better: matches that start at or after `offset`.
    mutating func supersede(from offset: Int) {
        if !packed.isEmpty { packed.removeAll { $0.stored.lowerBound >= offset } }
        guard !drafts.isEmpty else { return }
        drafts.removeAll { $0.hasLines && $0.start >= offset }
        isOverfull = isOverfull && drafts.count >= Self.limit
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
        let framed = framedKeys()
        let inOrder = drafts.enumerated().sorted { left, right in
            (left.element.secret?.lowerBound ?? -1, left.offset) < (
                right.element.secret?.lowerBound ?? -1, right.offset
            )
        }
        for (index, draft) in inOrder {
            guard let secret = draft.secret else {
                if !framed.contains(index), !isSeenPlain(draft) { others.append(draft) }
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

    /// Whether what is no secret was seen with fewer encodings around it at the same place.
    private func isSeenPlain(_ draft: Draft) -> Bool {
        guard draft.steps > 0, let offset = draft.sighting.place.offset else { return false }
        return drafts.contains { other in
            guard other.steps < draft.steps, let start = other.sighting.place.offset,
                let length = other.sighting.place.length
            else { return false }
            return (start..<start + length).contains(offset) && other.sighting.isSame(as: draft.sighting)
        }
    }

    /// The keys that were seen with their frame as well, by their position among the drafts.
    private func framedKeys() -> Set<Int> {
        func start(_ index: Int) -> Int { drafts[index].sighting.place.offset ?? 0 }
        func end(_ index: Int) -> Int { start(index) + (drafts[index].sighting.place.length ?? 0) }
        let keys = drafts.indices.filter { drafts[$0].sighting.isKey }
            .sorted { (start($0), -end($0), $0) < (start($1), -end($1), $1) }
        var framed: Set<Int> = []
        var frame: Int?
        for key in keys {
            if let frame, start(key) > start(frame), end(key) <= end(frame),
                drafts[key].steps == drafts[frame].steps,
                drafts[key].sighting.isSame(as: drafts[frame].sighting)
            {
                framed.insert(key)
            } else {
                frame = key
            }
        }
        return framed
    }

    /// The surer rule wins, then what was decoded as far as it can be, then the longer secret, then the graver rule,
    /// then the id.
    private static func isBetter(_ left: Draft, than right: Draft) -> Bool {
        guard case .finding(let first) = left.sighting, case .finding(let second) = right.sighting else {
            return false
        }
        if first.fingerprint == second.fingerprint, left.steps != right.steps {
            return left.steps < right.steps
        }
        guard first.confidence == second.confidence else { return first.confidence > second.confidence }
        guard left.spelledOut == right.spelledOut else { return left.spelledOut > right.spelledOut }
        if left.steps != right.steps {
            // What unescaping makes shorter may be cut where an address or a string only seems to end.
            return left.steps > right.steps ? left.covers(right) : !right.covers(left)
        }
        guard first.place.length == second.place.length else {
            return (first.place.length ?? 0) > (second.place.length ?? 0)
        }
        guard first.severity == second.severity else { return first.severity > second.severity }
        return first.rule < second.rule
    }
}
