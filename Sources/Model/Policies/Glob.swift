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
    package func matches(_ text: String) -> Bool { matches(text.utf8Span.span) }

    /// Whether the whole of `bytes` fits.
    package func matches(_ bytes: [UInt8]) -> Bool { matches(bytes.span) }

    private func matches(_ bytes: Span<UInt8>) -> Bool {
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
