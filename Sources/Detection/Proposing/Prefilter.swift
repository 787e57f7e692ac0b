internal import CVectorscan

/// The first stage for one thread: a shared database and scratch space of its own.
@safe final class Prefilter {
    private let database: PatternDatabase
    private let scratch: OpaquePointer
    /// Of the last scan, in the order of patterns and, for each, of ends.
    private(set) var hits: [Hit] = []
    /// For each pattern the index of its last hit; -1 where it has none.
    private var latest: [Int]

    private init(database: PatternDatabase, scratch: OpaquePointer, patterns: Int) {
        self.database = database
        unsafe self.scratch = unsafe scratch
        latest = Array(repeating: -1, count: patterns)
        hits.reserveCapacity(256)
    }

    deinit { unsafe hs_free_scratch(scratch) }

    static func make(_ database: PatternDatabase, patterns: Int) throws(DetectionError) -> Prefilter {
        unsafe Prefilter(database: database, scratch: try database.makeScratch(), patterns: patterns)
    }

    /// Fills `hits` with what matches in `window`; false where Vectorscan gave up.
    func scan(_ window: Span<UInt8>) -> Bool {
        if !hits.isEmpty { forget() }
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        let status = unsafe window.withUnsafeBytes { buffer in
            unsafe database.scan(
                buffer.assumingMemoryBound(to: CChar.self), scratch: scratch,
                callback: { pattern, _, end, _, context in
                    guard let context = unsafe context else { return 1 }
                    let prefilter = unsafe Unmanaged<Prefilter>.fromOpaque(context).takeUnretainedValue()
                    prefilter.note(pattern: Int(pattern), end: Int(end))
                    return 0
                },
                context: context)
        }
        if hits.count > 1 { hits.sort { ($0.pattern, $0.firstEnd) < ($1.pattern, $1.firstEnd) } }
        return status == HS_SUCCESS
    }

    private func note(pattern: Int, end: Int) {
        let index = latest[pattern]
        if index >= 0, end - hits[index].lastEnd <= Hit.reach {
            hits[index].lastEnd = max(hits[index].lastEnd, end)
        } else {
            latest[pattern] = hits.count
            hits.append(Hit(pattern: pattern, firstEnd: end, lastEnd: end))
        }
    }

    private func forget() {
        for hit in hits { latest[hit.pattern] = -1 }
        hits.removeAll(keepingCapacity: true)
    }
}
