/// The header of the older LZMA format, which has one dictionary for the whole stream.
struct LZMAHeader: WindowWatch.Parser {
    static let first = 13
    /// Of a stream that holds nothing: the header, and what the decoder begins with.
    static let emptyLength = 18
    private(set) var window = 0
    private(set) var isEmpty = false

    mutating func step(_ bytes: [UInt8]) throws(ArchiveError) -> WindowWatch.Step {
        isEmpty = bytes[5...].allSatisfy { $0 == 0 }
        window = bytes[1..<5].reversed().reduce(0) { $0 << 8 | Int($1) }
        return .end
    }
}

/// bzip2, which takes no more than this whatever its header says.
struct Bzip2Header: WindowWatch.Parser {
    static let first = 10
    let window = 4 << 20
    private(set) var isEmpty = false

    /// Of a stream that holds nothing, the mark of its end follows the header.
    mutating func step(_ bytes: [UInt8]) throws(ArchiveError) -> WindowWatch.Step {
        isEmpty = bytes[4...] == [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]
        return .end
    }
}
