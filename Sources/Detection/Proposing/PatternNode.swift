/// A pattern as a tree, as far as it takes to say what it can match.
indirect enum PatternNode {
    case byte(UInt8)
    /// One of these, in order.
    case set([UInt8])
    case sequence([PatternNode])
    case choice([PatternNode])
    case repeated(PatternNode, least: Int, most: Int?)
    /// Takes no bytes, but looks whether this is there.
    case look(PatternNode)
    /// Takes what another part took.
    case reference
    /// Takes no bytes: anchors and the like.
    case empty

    /// How many literal characters every match has in a row at least, as far as the tree shows.
    ///
    /// Alternatives of words are words, and a class of a few characters is one.
    var literals: Int { span.best }

    /// How many of those every match begins with.
    var firstLiterals: Int { span.first }

    private struct LiteralSpan {
        /// From the start, to the end, and anywhere.
        var first: Int
        var last: Int
        var best: Int
        /// Whether all of it is literal.
        var isWhole: Bool

        static let nothing = LiteralSpan(first: 0, last: 0, best: 0, isWhole: true)
        static let unknown = LiteralSpan(first: 0, last: 0, best: 0, isWhole: false)

        func followed(by next: LiteralSpan) -> LiteralSpan {
            LiteralSpan(
                first: isWhole ? first + next.first : first,
                last: next.isWhole ? last + next.last : next.last,
                best: max(best, next.best, last + next.first), isWhole: isWhole && next.isWhole)
        }
    }

    private var span: LiteralSpan {
        switch self {
        case .byte: LiteralSpan(first: 1, last: 1, best: 1, isWhole: true)
        case .set(let bytes) where bytes.count <= Self.few:
            LiteralSpan(first: 1, last: 1, best: 1, isWhole: true)
        case .set, .reference: .unknown
        case .empty, .look: .nothing
        case .sequence(let parts): parts.reduce(.nothing) { $0.followed(by: $1.span) }
        case .choice(let options): Self.common(options.map(\.span))
        case .repeated(let body, let least, let most):
            Self.repeated(body.span, least: least, isExact: most == least)
        }
    }

    private static func repeated(_ body: LiteralSpan, least: Int, isExact: Bool) -> LiteralSpan {
        guard least > 0 else { return .unknown }
        let counted = min(least, 8)
        let run = (0..<counted).reduce(LiteralSpan.nothing) { sum, _ in sum.followed(by: body) }
        guard isExact, counted == least else {
            return LiteralSpan(first: run.first, last: run.last, best: run.best, isWhole: false)
        }
        return run
    }

    /// What all alternatives have.
    private static func common(_ spans: [LiteralSpan]) -> LiteralSpan {
        guard let best = spans.map(\.best).min() else { return .nothing }
        return LiteralSpan(
            first: spans.map(\.first).min() ?? 0, last: spans.map(\.last).min() ?? 0, best: best,
            isWhole: spans.allSatisfy(\.isWhole))
    }

    /// A class of no more, such as one letter in both cases, is looked for as that many words.
    private static let few = 4
}

extension PatternNode {
    /// How many bytes a match has at most, with all that it looks at before and behind it; nil where nothing limits it.
    var longest: Int? { extent.map { max($0.taken, $0.seen) } }

    /// How many bytes a match takes at most, and how far from where it starts it looks.
    private var extent: (taken: Int, seen: Int)? {
        switch self {
        case .byte, .set: return (1, 1)
        case .empty: return (0, 0)
        case .reference: return nil
        case .look(let body): return body.longest.map { (0, $0) }
        case .sequence(let parts):
            return parts.reduce((0, 0)) { whole, part in
                guard let whole, let part = part.extent else { return nil }
                return Self.joined(whole, part)
            }
        case .choice(let options):
            return options.reduce((0, 0)) { widest, option in
                guard let widest, let option = option.extent else { return nil }
                return (max(widest.taken, option.taken), max(widest.seen, option.seen))
            }
        case .repeated(let body, _, let most):
            guard let most, let once = body.extent else { return nil }
            let (before, isTooMuch) = max(0, most - 1).multipliedReportingOverflow(by: once.taken)
            return isTooMuch ? nil : most == 0 ? (0, 0) : Self.joined((before, before), once)
        }
    }

    private static func joined(
        _ first: (taken: Int, seen: Int), _ second: (taken: Int, seen: Int)
    ) -> (taken: Int, seen: Int)? {
        let (taken, isTooMuch) = first.taken.addingReportingOverflow(second.taken)
        let (seen, isTooFar) = first.taken.addingReportingOverflow(second.seen)
        return isTooMuch || isTooFar ? nil : (taken, max(first.seen, seen))
    }

    /// Text that it matches, or nearly: which alternative and how often is up to `choose`, given how many there are.
    func sample(_ choose: inout (Int) -> Int) -> [UInt8] {
        switch self {
        case .byte(let byte): return [byte]
        case .set(let bytes):
            guard !bytes.isEmpty else { return [] }
            return [bytes[choose(2) == 0 ? 0 : bytes.count - 1]]
        case .sequence(let parts): return parts.flatMap { $0.sample(&choose) }
        case .choice(let options):
            guard !options.isEmpty else { return [] }
            return options[choose(options.count)].sample(&choose)
        case .repeated(let body, let least, let most):
            let count = min(least + choose(most == least ? 1 : 2), 64)
            var text: [UInt8] = []
            for _ in 0..<count { text += body.sample(&choose) }
            return text
        case .empty, .look, .reference: return []
        }
    }

    /// Every part that can be repeated often, and a text that leads up to it.
    func loops(behind prefix: [UInt8] = []) -> [(prefix: [UInt8], body: PatternNode)] {
        switch self {
        case .byte, .set, .empty, .look, .reference: return []
        case .sequence(let parts):
            var before = prefix
            return parts.flatMap { part in
                var plain: (Int) -> Int = { _ in 0 }
                defer { before += part.sample(&plain) }
                return part.loops(behind: before)
            }
        case .choice(let options): return options.flatMap { $0.loops(behind: prefix) }
        case .repeated(let body, _, let most):
            let inner = body.loops(behind: prefix)
            return most.map { $0 >= Self.often } ?? true ? [(prefix, body)] + inner : inner
        }
    }

    /// Repeated less often, even a loop in a loop ends soon.
    private static let often = 12
}
