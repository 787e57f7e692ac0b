/// The PEM blocks of certificates in a window.
enum CertificateBlocks {
    private static let beginning = Array("CERTIFICATE-----".utf8)
    private static let ending = Array("-----END ".utf8)

    /// Each block from its first line to its last, in order; an empty range at the beginning of one that goes on behind the
    /// window, and that the next window does not see whole.
    ///
    /// Of beginnings without an end the last counts, as it does to whoever reads blocks: what stands before it is none.
    static func of(_ hits: ArraySlice<Hit>, in window: Span<UInt8>, largest: Int) -> [Range<Int>] {
        let ends = hits.flatMap { endsOfBeginnings($0, in: window) }
        var search = EndSearch()
        return ends.indices.compactMap { index -> Range<Int>? in
            let end = ends[index]
            guard let start = start(ofLineEndingAt: end, in: window) else { return nil }
            let next = index + 1 < ends.count ? ends[index + 1] : window.count
            guard let last = search.first(from: end, to: min(window.count, end + largest), in: window) else {
                let isOpen =
                    next == window.count && start < window.count - ImageScanner.overlap
                    && isBody(window.extracting(end...))
                return isOpen ? start..<start : nil
            }
            guard last < next else { return nil }
            var stop = last + ending.count
            while stop < window.count, window[stop] != UInt8(ascii: "-"), window[stop] != UInt8(ascii: "\n") {
                stop += 1
            }
            return start..<min(window.count, stop + 5)
        }
    }

    /// Where the first lines of blocks end that a run of hits stands for.
    private static func endsOfBeginnings(_ hit: Hit, in window: Span<UInt8>) -> [Int] {
        guard hit.lastEnd > hit.firstEnd else { return [hit.firstEnd] }
        return (hit.firstEnd...hit.lastEnd).filter { end in
            let start = end - beginning.count
            return start >= 0 && beginning.indices.allSatisfy { window[start + $0] == beginning[$0] }
        }
    }

    private static func start(ofLineEndingAt end: Int, in window: Span<UInt8>) -> Int? {
        let dashes = UInt8(ascii: "-")
        var start = end - 5
        while start > 0, window[start - 1] != dashes || start > end - 10 { start -= 1 }
        return start >= 5 ? start - 5 : nil
    }

    /// Whether nothing but base64 and line breaks stands there, some of it.
    private static func isBody(_ bytes: Span<UInt8>) -> Bool {
        bytes.indices.allSatisfy { index in
            switch bytes[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
                UInt8(ascii: "="), 0x0a, 0x0d:
                true
            default: false
            }
        }
    }

    /// The last lines of blocks, looked for from the left: each byte once, however many beginnings there are.
    private struct EndSearch {
        private var found = -1
        private var searched = 0

        mutating func first(from start: Int, to limit: Int, in window: Span<UInt8>) -> Int? {
            if found >= start { return found < limit ? found : nil }
            var position = max(start, searched)
            defer { searched = max(searched, position) }
            while position + ending.count <= limit {
                if window[position] == ending[0],
                    ending.indices.allSatisfy({ window[position + $0] == ending[$0] })
                {
                    found = position
                    return position
                }
                position += 1
            }
            return nil
        }
    }
}
