/// What the headers of an ELF file say of where its parts end.
struct LinuxProgram {
    private static let loaded = 1
    private static let withoutBytes = 8

    /// Behind all that the headers speak of; nil where nothing is loaded, as of what is still to be linked.
    let end: Int?
    /// Behind all that is loaded to run it.
    let loadedEnd: Int

    /// The program of `size` bytes that begins like this; nil where it is none, or broken.
    init?(_ beginning: Span<UInt8>, size: Int) {
        guard beginning.count >= 64, beginning[0] == 0x7f, (1...2).contains(beginning[4]),
            (1...2).contains(beginning[5])
        else { return nil }
        let isLarge = beginning[4] == 2
        let isBigEndian = beginning[5] == 2
        func number(_ offset: Int, _ length: Int) -> Int? {
            guard offset >= 0, offset <= beginning.count - length else { return nil }
            let places = isBigEndian ? Array(0..<length) : (0..<length).reversed()
            return Int(exactly: places.reduce(UInt64(0)) { $0 << 8 | UInt64(beginning[offset + $1]) })
        }
        func end(_ start: Int?, _ length: Int?) -> Int? {
            guard let start, let length else { return nil }
            let (end, isTooFar) = start.addingReportingOverflow(length)
            return isTooFar ? nil : end
        }
        let word = isLarge ? 8 : 4
        guard let segments = number(isLarge ? 32 : 28, word), let sections = number(isLarge ? 40 : 32, word),
            let segmentSize = number(isLarge ? 54 : 42, 2), let segmentCount = number(isLarge ? 56 : 44, 2),
            let sectionSize = number(isLarge ? 58 : 46, 2), let sectionCount = number(isLarge ? 60 : 48, 2)
        else { return nil }
        var last: Int?
        for index in 0..<segmentCount {
            let (header, isTooFar) = segments.addingReportingOverflow(index * segmentSize)
            guard !isTooFar, let type = number(header, 4) else { return nil }
            guard type == Self.loaded else { continue }
            guard
                let end = end(
                    number(header + (isLarge ? 8 : 4), word), number(header + (isLarge ? 32 : 16), word))
            else { return nil }
            last = max(last ?? 0, min(end, size))
        }
        loadedEnd = last ?? (isLarge ? 64 : 52)
        guard var result = last else {
            self.end = nil
            return
        }
        func take(_ end: Int?) { if let end, end <= size { result = max(result, end) } }
        take(end(sections, sectionCount * sectionSize))
        for index in 0..<sectionCount {
            let (header, isTooFar) = sections.addingReportingOverflow(index * sectionSize)
            guard !isTooFar, header < beginning.count, let type = number(header + 4, 4) else { break }
            guard type != Self.withoutBytes else { continue }
            take(
                end(
                    number(header + (isLarge ? 24 : 16), word), number(header + (isLarge ? 32 : 20), word)))
        }
        self.end = result
    }
}
