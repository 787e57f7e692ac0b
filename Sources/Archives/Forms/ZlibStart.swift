/// Where in a program a zlib stream may begin that nothing speaks of.
///
/// Its two bytes stand in other files by chance, so its first block has to hold together as well.
enum ZlibStart {
    /// How many bytes from its beginning on are looked at.
    static let length = 16
    /// The order in which a block lists how long the codes for lengths are is of no matter here, only how many there are.
    private static let largestCount = 29

    /// Whether a block of deflate may begin at `place`.
    static func isBlock(_ bytes: Span<UInt8>, at place: Int) -> Bool {
        guard place + length - 2 <= bytes.count else { return false }
        let block = bytes.extracting(place..<place + length - 2)
        switch block[0] >> 1 & 3 {
        case 0: return block[1] == ~block[3] && block[2] == ~block[4]
        case 1: return isLiteral(block)
        case 2: return isComplete(block)
        default: return false
        }
    }

    /// Whether the first of the fixed codes is no reference to what came before.
    private static func isLiteral(_ block: Span<UInt8>) -> Bool {
        let code = (0..<8).reduce(0) { $0 << 1 | bits(block, 3 + $1, 1) }
        return (0x30...0xbf).contains(code) || code >= 0xc8
    }

    /// Whether there are as many codes as can be, and the lengths of their codes leave none out.
    private static func isComplete(_ block: Span<UInt8>) -> Bool {
        guard bits(block, 3, 5) <= largestCount, bits(block, 8, 5) <= largestCount else { return false }
        let lengths = (0..<bits(block, 13, 4) + 4).map { bits(block, 17 + 3 * $0, 3) }
        return lengths.reduce(0) { $0 + ($1 > 0 ? 128 >> $1 : 0) } == 128
    }

    private static func bits(_ block: Span<UInt8>, _ start: Int, _ count: Int) -> Int {
        (start..<start + count).reversed().reduce(0) { $0 << 1 | Int(block[$1 >> 3] >> UInt8($1 & 7) & 1) }
    }
}
