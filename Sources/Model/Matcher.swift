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

        /// Whether it stands for this byte alone.
        func fits(_ byte: UInt8) -> Bool {
            switch self {
            case .literal(let wanted): wanted == byte
            case .one: byte != UInt8(ascii: "/")
            case .run, .deepRun: false
            }
        }
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
        var position = 0
        var element = 0
        // Where to go on when nothing fits: one byte more for the last run. Earlier runs need no second try, since
        // what follows them was found at the first place possible, and a slash stops every `*` alike.
        var run: (element: Int, position: Int)?
        var deepRun: (element: Int, position: Int)?
        while position < bytes.count || element < elements.count {
            if element < elements.count {
                if elements[element] == .run || elements[element] == .deepRun {
                    let isDeep = elements[element] == .deepRun
                    element += 1
                    run = isDeep ? nil : (element, position)
                    if isDeep { deepRun = (element, position) }
                    continue
                }
                if position < bytes.count, elements[element].fits(bytes[position]) {
                    element += 1
                    position += 1
                    continue
                }
            }
            if let last = run, last.position < bytes.count, bytes[last.position] != UInt8(ascii: "/") {
                run?.position += 1
                (element, position) = (last.element, last.position + 1)
            } else if let last = deepRun, last.position < bytes.count {
                run = nil
                deepRun?.position += 1
                (element, position) = (last.element, last.position + 1)
            } else {
                return false
            }
        }
        return true
    }
}
