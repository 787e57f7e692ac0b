/// lzip's header, and of a first member that holds nothing its end.
struct LzipHeader: WindowWatch.Parser {
    static let first = 6
    private(set) var window = 0
    private(set) var isEmpty = false

    /// A power of two, and how many sixteenths of it are left out.
    mutating func step(_ bytes: [UInt8]) throws(ArchiveError) -> WindowWatch.Step {
        guard window == 0 else {
            isEmpty = bytes[14..<22].allSatisfy { $0 == 0 } && bytes[22...] == [36, 0, 0, 0, 0, 0, 0, 0]
            return .end
        }
        let base = 1 << Int(bytes[5] & 0x1f)
        window = base - base / 16 * Int(bytes[5] >> 5)
        return .take(30)
    }
}

/// `compress`, whose codes have at most 16 bits, and whose streams say nothing of where they end.
struct CompressHeader: WindowWatch.Parser {
    static let first = 3
    let window = 1 << 20
    let isEmpty = false

    mutating func step(_ bytes: [UInt8]) throws(ArchiveError) -> WindowWatch.Step { .end }
}
