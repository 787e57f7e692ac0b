/// The frames of a zstd stream: how large a window each wants, and where the next begins.
struct ZstdFrames: WindowWatch.Parser {
    private enum Place {
        case magic
        case skippedSize
        case descriptor
        case header(descriptor: UInt8)
        case block
        case checksum
    }

    static let first = 4
    private(set) var window = 0
    private var place = Place.magic
    private var hasChecksum = false

    private var hasContent = false

    var isEmpty: Bool { if case .magic = place { !hasContent } else { false } }

    mutating func step(_ bytes: [UInt8]) throws(ArchiveError) -> WindowWatch.Step {
        switch place {
        case .magic:
            return try begin(bytes)
        case .skippedSize:
            place = .magic
            return .note(Self.number(bytes[...]), take: 4)
        case .descriptor:
            place = .header(descriptor: bytes[0])
            hasChecksum = bytes[0] & 0b100 != 0
            let length = Self.headerLength(bytes[0])
            guard length > 0 else { throw ArchiveError(.malformed, "zstd frame has no window") }
            return .take(length)
        case .header(let descriptor):
            window = max(window, Self.window(descriptor, bytes))
            place = .block
            return .take(3)
        case .block:
            return try block(Self.number(bytes[...]))
        case .checksum:
            place = .magic
            return .take(4)
        }
    }

    private mutating func begin(_ bytes: [UInt8]) throws(ArchiveError) -> WindowWatch.Step {
        if bytes == [0x28, 0xb5, 0x2f, 0xfd] {
            place = .descriptor
            return .take(1)
        }
        // Older formats among them, whose windows nobody checks.
        guard bytes[1...] == [0x2a, 0x4d, 0x18], bytes[0] & 0xf0 == 0x50 else {
            throw ArchiveError(.trailingGarbage, "zstd stream holds bytes that are no frame")
        }
        place = .skippedSize
        return .take(4)
    }

    private mutating func block(_ header: Int) throws(ArchiveError) -> WindowWatch.Step {
        let isLast = header & 1 == 1
        let size = header >> 3
        guard header >> 1 & 3 != 3 else { throw ArchiveError(.malformed, "zstd block is of no known kind") }
        let stored = header >> 1 & 3 == 1 ? 1 : size
        hasContent = hasContent || size > 0
        guard isLast else { return .skip(stored, take: 3) }
        place = hasChecksum ? .checksum : .magic
        return .skip(stored, take: 4)
    }

    private static func headerLength(_ descriptor: UInt8) -> Int {
        let isSingle = descriptor & 0b10_0000 != 0
        let dictionary = [0, 1, 2, 4][Int(descriptor & 3)]
        let size = [isSingle ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
        return (isSingle ? 0 : 1) + dictionary + size
    }

    private static func window(_ descriptor: UInt8, _ header: [UInt8]) -> Int {
        let isSingle = descriptor & 0b10_0000 != 0
        let dictionary = [0, 1, 2, 4][Int(descriptor & 3)]
        let sizeField = header.dropFirst((isSingle ? 0 : 1) + dictionary)
        let size = number(sizeField) + (sizeField.count == 2 ? 256 : 0)
        guard !isSingle else { return size }
        let base = 1 << (10 + Int(header[0] >> 3))
        let window = base + base / 8 * Int(header[0] & 7)
        return sizeField.isEmpty ? window : min(window, size)
    }

    /// Little-endian; what does not fit is as large as can be.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        Int(clamping: bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
