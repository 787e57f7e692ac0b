/// A frame of LZ4, whose blocks hold no more than 4 MiB, and 8 in the older format; as much again is their input.
struct LZ4Header: WindowWatch.Parser {
    private enum Place {
        case descriptor
        case firstBlock(hasChecksum: Bool)
        case checksum
        case behindEnd
    }

    static let first = 6
    private(set) var window = 0
    private(set) var isEmpty = false
    private var place = Place.descriptor

    /// Behind the flags stand the content's size and a dictionary's id where these say so, and a checksum; then blocks.
    mutating func step(_ bytes: [UInt8]) throws(ArchiveError) -> WindowWatch.Step {
        switch place {
        case .descriptor:
            guard bytes[0] == 0x04 else {
                window = 16 << 20
                return .end
            }
            window = 8 << 20
            place = .firstBlock(hasChecksum: bytes[4] & 4 != 0)
            return .take((bytes[4] & 8 == 0 ? 0 : 8) + (bytes[4] & 1 == 0 ? 0 : 4) + 1 + 4)
        case .firstBlock(let hasChecksum):
            isEmpty = bytes.suffix(4).allSatisfy { $0 == 0 }
            guard isEmpty else { return .end }
            place = hasChecksum ? .checksum : .behindEnd
            return .take(hasChecksum ? 4 : 1)
        case .checksum:
            place = .behindEnd
            return .take(1)
        case .behindEnd:
            isEmpty = false
            return .end
        }
    }
}
