/// The headers of lzip's members, each of which has a dictionary of its own, and of a first one that holds nothing its end.
struct LzipHeader: WindowWatch.Parser {
    private enum Place {
        case header
        case firstMember
        case rest
    }

    /// "LZIP" and its version.
    private static let mark: [UInt8] = [0x4c, 0x5a, 0x49, 0x50, 1]
    /// Looked through at a time: what is not enough for one more at the end cannot uncompress to much.
    private static let piece = 256

    static let first = 6
    private(set) var window = 0
    private(set) var isEmpty = false
    private var place = Place.header
    /// The last bytes of the piece before, in which a header may begin.
    private var kept: [UInt8] = []

    /// Where a member ends, only its end tells; so headers are looked for everywhere, and what only looks like one counts.
    mutating func step(_ bytes: [UInt8]) throws(ArchiveError) -> WindowWatch.Step {
        switch place {
        case .header:
            window = Self.window(bytes[5])
            place = .firstMember
            return .take(30)
        case .firstMember:
            isEmpty = bytes[14..<22].allSatisfy { $0 == 0 } && bytes[22...] == [36, 0, 0, 0, 0, 0, 0, 0]
            place = .rest
            look(bytes)
            return .take(isEmpty ? 1 : Self.piece)
        case .rest:
            isEmpty = false
            look(bytes)
            return .take(Self.piece)
        }
    }

    private mutating func look(_ bytes: [UInt8]) {
        let whole = kept + bytes
        for index in whole.indices.dropLast(Self.mark.count)
        where whole[index] == Self.mark[0] && whole[index...].starts(with: Self.mark) {
            window = max(window, Self.window(whole[index + Self.mark.count]))
        }
        kept = whole.suffix(Self.mark.count)
    }

    /// A power of two, and how many sixteenths of it are left out.
    private static func window(_ code: UInt8) -> Int {
        let base = 1 << Int(code & 0x1f)
        return base - base / 16 * Int(code >> 5)
    }
}

/// `compress`, whose codes have at most 16 bits, and whose streams say nothing of where they end.
struct CompressHeader: WindowWatch.Parser {
    static let first = 3
    let window = 1 << 20
    let isEmpty = false

    mutating func step(_ bytes: [UInt8]) throws(ArchiveError) -> WindowWatch.Step { .end }
}
