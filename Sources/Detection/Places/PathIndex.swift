internal import Model

/// Many globs over paths, asked together: nearly every path is turned down by its last byte and its pairs of bytes.
struct PathIndex: Sendable {
    private struct Entry: Sendable {
        let pattern: PathPattern
        /// Pairs of bytes that stand in every path that fits.
        let pairs: UInt64
        let value: Int
    }

    /// By the last byte of the glob.
    private var byLastByte: [[Entry]] = Array(repeating: [], count: 256)
    /// Those that end in a wildcard.
    private var open: [Entry] = []

    /// The globs, each with a value that stands for it.
    init(_ globs: [(glob: Glob, value: Int)]) {
        let wildcards: Set<UInt8> = [UInt8(ascii: "*"), UInt8(ascii: "?")]
        for (glob, value) in globs {
            let pattern = Array(glob.pattern.utf8)
            let literals = pattern.split(whereSeparator: wildcards.contains)
            let pairs = literals.reduce(0) { $0 | Self.pairs(in: $1) }
            let entry = Entry(pattern: PathPattern(glob), pairs: pairs, value: value)
            guard let last = pattern.last, !wildcards.contains(last) else {
                open.append(entry)
                continue
            }
            byLastByte[Int(last)].append(entry)
        }
    }

    /// Adds to `values` what stands for each glob that fits `path`, which has no leading slash here; globs see one.
    func collect(_ path: [UInt8], into values: inout [Int]) {
        guard let first = path.first, let last = path.last else { return }
        let pairs = Self.pair(UInt8(ascii: "/"), first) | Self.pairs(in: path[...])
        for entry in byLastByte[Int(last)] { collect(entry, path, pairs, into: &values) }
        for entry in open { collect(entry, path, pairs, into: &values) }
    }

    private func collect(_ entry: Entry, _ path: [UInt8], _ pairs: UInt64, into values: inout [Int]) {
        guard entry.pairs & ~pairs == 0, values.last != entry.value, entry.pattern.matches(path) else {
            return
        }
        values.append(entry.value)
    }

    /// A bit for each pair of neighbours, several pairs to a bit.
    private static func pairs(in bytes: ArraySlice<UInt8>) -> UInt64 {
        var pairs: UInt64 = 0
        var previous: UInt8?
        for byte in bytes {
            if let previous { pairs |= pair(previous, byte) }
            previous = byte
        }
        return pairs
    }

    private static func pair(_ first: UInt8, _ second: UInt8) -> UInt64 {
        1 << UInt64((first &* 37 &+ second &* 11) & 63)
    }
}
