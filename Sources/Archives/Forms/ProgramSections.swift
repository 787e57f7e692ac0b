/// Sections of a program of Linux that were compressed, as those for debuggers are: where they begin is told at its very end only.
struct ProgramSections {
    private static let zlib = 1
    private static let zstd = 2
    private static let zstdMark: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]
    /// How many bytes of what is compressed tell it.
    static let markLength = ZlibStart.length

    /// How large a section can be, uncompressed.
    private static let largest = 1 << 36
    private static let largestAlignment = 1 << 12

    /// The first place in `bytes`, from `start` on, where what a section's header stands before begins.
    static func firstZstd(in bytes: Span<UInt8>, from start: Int) -> Int? {
        var place = start
        while place < bytes.count, let next = ByteSearch.first(of: zstdMark, in: bytes.extracting(place...)) {
            place += next + 1
            if isHeaded(place - 1, in: bytes, zstd) { return place - 1 }
        }
        return nil
    }

    /// The same of zlib, which also begins where no header stands before it, as far as its own holds together.
    static func firstZlib(in bytes: Span<UInt8>, from start: Int) -> Int? {
        var place = start
        while let next = ByteSearch.first(0x78, in: bytes, from: place) {
            place = next + 1
            guard place < bytes.count else { return nil }
            guard ZlibStreams.isHeader(0x78, bytes[place]) else { continue }
            if isSection(next, in: bytes) || ZlibStart.isBlock(bytes, at: place + 1) { return next }
        }
        return nil
    }

    /// Whether what begins with zlib at `place` is a section.
    static func isSection(_ place: Int, in bytes: Span<UInt8>) -> Bool {
        isHeaded(place, in: bytes, zlib) || isGNU(place, in: bytes)
    }

    /// Whether the header of a compressed section stands before `end`, in either word size and order.
    private static func isHeaded(_ end: Int, in bytes: Span<UInt8>, _ method: Int) -> Bool {
        [true, false].contains { isLarge in
            [false, true].contains { isBigEndian in
                let word = isLarge ? 8 : 4
                let start = end - 3 * word
                guard start >= 0 else { return false }
                func number(_ offset: Int, _ length: Int) -> UInt64 {
                    (0..<length).reduce(0) {
                        $0 << 8 | UInt64(bytes[start + offset + (isBigEndian ? $1 : length - 1 - $1)])
                    }
                }
                let (size, alignment) = (number(word, word), number(2 * word, word))
                return number(0, 4) == UInt64(method) && (!isLarge || number(4, 4) == 0)
                    && (1...UInt64(largest)).contains(size) && alignment <= UInt64(largestAlignment)
                    && alignment.nonzeroBitCount <= 1
            }
        }
    }

    /// The same of the older form, which has a mark and a size.
    private static func isGNU(_ end: Int, in bytes: Span<UInt8>) -> Bool {
        let mark = Array("ZLIB".utf8)
        return end >= 12 && mark.indices.allSatisfy { bytes[end - 12 + $0] == mark[$0] }
    }
}
