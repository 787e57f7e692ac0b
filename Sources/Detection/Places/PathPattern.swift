internal import Model

/// A glob for many paths: means what `Glob` means, and neither allocates nor goes back further than the last `**`.
struct PathPattern: Sendable {
    private enum Element: Sendable {
        case literal(UInt8)
        case one
        case run
        case deepRun
    }

    private let elements: [Element]

    init(_ glob: Glob) {
        var elements: [Element] = []
        for byte in glob.pattern.utf8 {
            switch (byte, elements.last) {
            case (UInt8(ascii: "*"), .run?): elements[elements.count - 1] = .deepRun
            case (UInt8(ascii: "*"), .deepRun?): continue
            case (UInt8(ascii: "*"), _): elements.append(.run)
            case (UInt8(ascii: "?"), _): elements.append(.one)
            default: elements.append(.literal(byte))
            }
        }
        self.elements = elements
    }

    /// Whether `path`, with a slash before it, fits as a whole.
    func matches(_ path: [UInt8]) -> Bool {
        let slash = UInt8(ascii: "/")
        let count = path.count + 1
        var element = 0
        var position = 0
        // Where to go on if what follows the last `*`, or the last `**`, does not fit where it was tried.
        var run: (element: Int, position: Int)?
        var deepRun: (element: Int, position: Int)?
        while true {
            if element < elements.count {
                switch elements[element] {
                case .run:
                    element += 1
                    run = (element, position)
                    continue
                case .deepRun:
                    element += 1
                    deepRun = (element, position)
                    run = nil
                    continue
                case .literal(let wanted):
                    if position < count, (position == 0 ? slash : path[position - 1]) == wanted {
                        element += 1
                        position += 1
                        continue
                    }
                case .one:
                    if position < count, (position == 0 ? slash : path[position - 1]) != slash {
                        element += 1
                        position += 1
                        continue
                    }
                }
            } else if position == count {
                return true
            }
            if let last = run, last.position < count,
                (last.position == 0 ? slash : path[last.position - 1]) != slash
            {
                run = (last.element, last.position + 1)
                (element, position) = (last.element, last.position + 1)
            } else if let last = deepRun, last.position < count {
                deepRun = (last.element, last.position + 1)
                run = nil
                (element, position) = (last.element, last.position + 1)
            } else {
                return false
            }
        }
    }
}
