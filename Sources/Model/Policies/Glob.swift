/// A shell-like pattern over text.
package struct Glob: Hashable, Sendable {
    package let pattern: String
    private let elements: [Element]

    private enum Element: Hashable, Sendable {
        case literal(UInt8)
        /// One character but a slash.
        case one
        /// Any bytes but a slash.
        case run
        /// Any bytes.
        case deepRun

        /// Whether it stands for this byte alone, or for the character that begins with it.
        func fits(_ byte: UInt8) -> Bool {
            switch self {
            case .literal(let wanted): wanted == byte
            case .one: byte != UInt8(ascii: "/") && !Glob.continues(byte)
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
        // Each `**` that goes on may let a `*` behind it begin anew, which takes the square of a long text's length.
        var patience = bytes.count &* 8 &+ 1024
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
                    position +=
                        elements[element] == .one ? Self.length(ofCharacterAt: position, in: bytes) : 1
                    element += 1
                    continue
                }
            }
            patience -= 1
            guard patience > 0 else { return matchesStepwise(bytes) }
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

    /// The same, byte by byte with all the elements that may come next, whatever the text.
    private func matchesStepwise(_ bytes: Span<UInt8>) -> Bool {
        var next = [Bool](repeating: false, count: elements.count + 1)
        next[0] = true
        for position in bytes.indices {
            skipRuns(&next)
            let byte = bytes[position]
            var following = [Bool](repeating: false, count: next.count)
            for index in next.indices where next[index] {
                if index > 0, elements[index - 1] == .one, Self.continues(byte) { following[index] = true }
                guard index < elements.count else { continue }
                switch elements[index] {
                case .run: following[index] = following[index] || byte != UInt8(ascii: "/")
                case .deepRun: following[index] = true
                case .literal, .one: following[index + 1] = following[index + 1] || elements[index].fits(byte)
                }
            }
            next = following
        }
        skipRuns(&next)
        return next[elements.count]
    }

    /// Goes on behind each run, which may stand for nothing.
    private func skipRuns(_ next: inout [Bool]) {
        for index in elements.indices
        where next[index] && (elements[index] == .run || elements[index] == .deepRun) {
            next[index + 1] = true
        }
    }

    private static func length(ofCharacterAt start: Int, in bytes: Span<UInt8>) -> Int {
        var end = start + 1
        while end < bytes.count, continues(bytes[end]) { end += 1 }
        return end - start
    }

    /// Whether a byte goes on with a character of UTF-8 that began before it.
    private static func continues(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }
}
