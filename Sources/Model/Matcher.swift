/// A declarative condition over the facts of one subject.
///
/// No embedded language: a matcher always ends, and can be explained. Its outcome is yes, no or unknown: a test of a
/// field that nobody recorded is unknown, and so is its negation; a rule that is unknown for a subject cannot pass.
/// `exists` is the guard against that.
package indirect enum Matcher: Hashable, Sendable {
    case all([Matcher])
    case any([Matcher])
    case not(Matcher)
    /// A test of one field; unknown where the subject should have the field and does not, except for `exists`.
    ///
    /// The fields that say where something is (``FactField/absenceIsKnown``) fail the test instead.
    case test(FactField, Test)

    /// What is asked of one field's value.
    package enum Test: Hashable, Sendable {
        case equals(AttributeValue)
        case isIn([AttributeValue])
        /// `*` within a path component, `**` across them, `?` one character. Anchored at both ends.
        case glob(Glob)
        /// At least this number, severity or confidence.
        case atLeast(AttributeValue)
        /// The instant lies more than this many days before the as-of instant; negative reaches into the future.
        case olderThan(days: Int)
        case exists(Bool)
    }
}

/// A shell-like pattern over text.
package struct Glob: Hashable, Sendable {
    package let pattern: String
    private let elements: [Element]

    private enum Element: Hashable, Sendable {
        case literal(UInt8)
        case one
        /// Any bytes but a slash.
        case run
        /// Any bytes.
        case deepRun
    }

    package init(_ pattern: String) {
        self.pattern = pattern
        var elements: [Element] = []
        for byte in pattern.utf8 {
            switch byte {
            case UInt8(ascii: "*") where elements.last == .run: elements[elements.count - 1] = .deepRun
            case UInt8(ascii: "*") where elements.last == .deepRun: continue
            case UInt8(ascii: "*"): elements.append(.run)
            case UInt8(ascii: "?"): elements.append(.one)
            default: elements.append(.literal(byte))
            }
        }
        self.elements = elements
    }

    /// Whether the whole of `text` fits, in time proportional to both lengths at most.
    package func matches(_ text: String) -> Bool { matches(Array(text.utf8)) }

    /// Whether the whole of `bytes` fits.
    package func matches(_ bytes: [UInt8]) -> Bool {
        // Positions in the pattern reached so far: a set, so that no input makes it backtrack.
        var reached = closure([0])
        for byte in bytes {
            var next: Set<Int> = []
            for position in reached where position < elements.count {
                switch elements[position] {
                case .literal(let wanted): if wanted == byte { next.insert(position + 1) }
                case .one: if byte != UInt8(ascii: "/") { next.insert(position + 1) }
                case .run: if byte != UInt8(ascii: "/") { next.insert(position) }
                case .deepRun: next.insert(position)
                }
            }
            if next.isEmpty { return false }
            reached = closure(next)
        }
        return reached.contains(elements.count)
    }

    /// The positions that can be reached from these without reading a byte.
    private func closure(_ positions: Set<Int>) -> Set<Int> {
        var result = positions
        var pending = Array(positions)
        while let position = pending.popLast() {
            guard position < elements.count, elements[position] == .run || elements[position] == .deepRun
            else { continue }
            if result.insert(position + 1).inserted { pending.append(position + 1) }
        }
        return result
    }
}
