internal import Model

/// Many globs over paths, asked together: nearly every path is turned down by its last bytes alone.
struct PathIndex: Sendable {
    private struct Entry: Sendable {
        let pattern: PathPattern
        /// What stands behind the last wildcard: a path that fits ends with it.
        let ending: [UInt8]
        /// What stands before the first wildcard: a path that fits begins with it.
        let beginning: [UInt8]
        let value: Int
    }

    /// By the last byte of the ending.
    private var byLastByte: [[Entry]] = Array(repeating: [], count: 256)
    /// Those that end in a wildcard.
    private var open: [Entry] = []

    /// The globs, each with a value that stands for it.
    init(_ globs: [(glob: Glob, value: Int)]) {
        let wildcards: Set<UInt8> = [UInt8(ascii: "*"), UInt8(ascii: "?")]
        for (glob, value) in globs {
            let pattern = Array(glob.pattern.utf8)
            let ending = Array(pattern.suffix(while: { !wildcards.contains($0) }))
            let beginning = Array(pattern.prefix(while: { !wildcards.contains($0) }))
            let entry = Entry(pattern: PathPattern(glob), ending: ending, beginning: beginning, value: value)
            if let last = ending.last { byLastByte[Int(last)].append(entry) } else { open.append(entry) }
        }
    }

    /// Adds to `values` what stands for each glob that fits `path`, which has no leading slash here; globs see one.
    func collect(_ path: [UInt8], into values: inout [Int]) {
        guard let last = path.last else { return }
        let entries = byLastByte[Int(last)]
        guard !entries.isEmpty || !open.isEmpty else { return }
        collect(entries, path, into: &values)
        collect(open, path, into: &values)
    }

    private func collect(_ entries: [Entry], _ path: [UInt8], into values: inout [Int]) {
        for entry in entries where Self.mayFit(entry, path) {
            guard values.last != entry.value, entry.pattern.matches(path) else { continue }
            values.append(entry.value)
        }
    }

    private static func mayFit(_ entry: Entry, _ path: [UInt8]) -> Bool {
        // Seen from the glob the path has one byte more, the slash at its start.
        let count = path.count + 1
        guard entry.ending.count <= count, entry.beginning.count <= count else { return false }
        var offset = count - entry.ending.count
        for byte in entry.ending {
            guard (offset == 0 ? UInt8(ascii: "/") : path[offset - 1]) == byte else { return false }
            offset += 1
        }
        offset = 0
        for byte in entry.beginning {
            guard (offset == 0 ? UInt8(ascii: "/") : path[offset - 1]) == byte else { return false }
            offset += 1
        }
        return true
    }
}

extension [UInt8] {
    /// The bytes at the end that all satisfy `condition`.
    fileprivate func suffix(while condition: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        var start = endIndex
        while start > startIndex, condition(self[start - 1]) { start -= 1 }
        return self[start...]
    }
}
