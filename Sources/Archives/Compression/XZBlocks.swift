/// The blocks of an xz stream, and of those that follow it: how large a dictionary each wants, and where the next begins.
struct XZBlocks: WindowWatch.Parser {
    private enum Place {
        case streamHeader
        case streamPadding
        case blockSize
        case blockHeader
        case chunk
        case chunkHeader(control: UInt8)
        case indexNumber
        case footer
    }

    static let first = 12
    private(set) var window = 0
    private var place = Place.streamHeader
    /// Bytes of the check behind each block.
    private var check = 0
    /// Bytes of the block's compressed data so far, for the padding behind them.
    private var blockBytes = 0
    private var indexBytes = 0
    private var number: UInt64 = 0
    private var shift: UInt64 = 0
    /// Numbers that the index still has; nil before the first, which says how many records follow.
    private var numbersLeft: UInt64?

    private var hasContent = false

    var isEmpty: Bool { if case .streamPadding = place { !hasContent } else { false } }

    mutating func step(_ bytes: [UInt8]) throws(ArchiveError) -> WindowWatch.Step {
        switch place {
        case .streamHeader:
            check = try Self.checkSize(bytes)
            place = .blockSize
            return .take(1)
        case .streamPadding:
            if bytes == [0, 0, 0, 0] { return .take(4) }
            guard bytes == [0xfd, 0x37, 0x7a, 0x58] else {
                throw ArchiveError(.trailingGarbage, "xz stream is followed by bytes that are none")
            }
            // The rest of the header, with what was seen of it left out.
            place = .streamHeader
            return .take(8)
        case .blockSize:
            guard bytes[0] != 0 else {
                (place, indexBytes, numbersLeft, number, shift) = (.indexNumber, 1, nil, 0, 0)
                return .take(1)
            }
            place = .blockHeader
            return .take((Int(bytes[0]) + 1) * 4 - 1)
        case .blockHeader:
            window = max(window, try Self.dictionary(bytes))
            (place, blockBytes) = (.chunk, 0)
            return .take(1)
        case .chunk:
            return try chunk(bytes[0])
        case .chunkHeader(let control):
            place = .chunk
            // What is stored as it is has one size, what is compressed the second of two.
            let size = control < 0x80 ? bytes[...] : bytes[2...]
            let data = (Int(size[size.startIndex]) << 8 | Int(size[size.startIndex + 1])) + 1
            blockBytes += bytes.count + data
            return .skip(data, take: 1)
        case .indexNumber:
            return try indexByte(bytes[0])
        case .footer:
            place = .streamPadding
            return .take(4)
        }
    }

    private mutating func chunk(_ control: UInt8) throws(ArchiveError) -> WindowWatch.Step {
        blockBytes += 1
        hasContent = hasContent || control != 0
        switch control {
        case 0:
            place = .blockSize
            return .skip((4 - blockBytes % 4) % 4 + check, take: 1)
        case 1, 2:
            place = .chunkHeader(control: control)
            return .take(2)
        case 0x80...:
            place = .chunkHeader(control: control)
            return .take(control >= 0xc0 ? 5 : 4)
        default:
            throw ArchiveError(.malformed, "xz block holds a chunk of no known kind")
        }
    }

    private mutating func indexByte(_ byte: UInt8) throws(ArchiveError) -> WindowWatch.Step {
        indexBytes += 1
        guard shift < 63 else { throw ArchiveError(.malformed, "xz index holds a number that is too large") }
        number |= UInt64(byte & 0x7f) << shift
        shift += 7
        guard byte & 0x80 == 0 else { return .take(1) }
        let left = numbersLeft.map { $0 - 1 } ?? number.multipliedReportingOverflow(by: 2).partialValue
        (numbersLeft, number, shift) = (left, 0, 0)
        guard left == 0 else { return .take(1) }
        place = .footer
        return .skip((4 - indexBytes % 4) % 4 + 4, take: 12)
    }

    private static func checkSize(_ header: [UInt8]) throws(ArchiveError) -> Int {
        // Two bytes of flags before the header's own checksum.
        let flags = header.dropFirst(header.count - 6)
        guard let kind = flags.dropFirst().first, kind < 16 else {
            throw ArchiveError(.malformed, "xz stream has a check of no known kind")
        }
        return kind == 0 ? 0 : 4 << ((Int(kind) - 1) / 3)
    }

    /// The dictionary that a block header asks for; of its filters only LZMA2, always the last, takes memory.
    private static func dictionary(_ header: [UInt8]) throws(ArchiveError) -> Int {
        var rest = header.dropFirst()
        let flags = header[0]
        for mask in [UInt8(0x40), 0x80] where flags & mask != 0 { _ = variable(&rest) }
        var window: Int?
        for _ in 0...(flags & 3) {
            let id = variable(&rest)
            let length = min(variable(&rest), UInt64(rest.count))
            if id == 0x21, let bits = rest.first {
                window = bits < 40 ? (2 | Int(bits & 1)) << (Int(bits) / 2 + 11) : 1 << 32
            }
            rest = rest.dropFirst(Int(length))
        }
        guard let window else { throw ArchiveError(.unsupported, "xz block uses an unknown filter") }
        return window
    }

    private static func variable(_ bytes: inout ArraySlice<UInt8>) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = bytes.popFirst() {
            if shift < 63 { value |= UInt64(byte & 0x7f) << shift }
            shift += 7
            if byte & 0x80 == 0 { break }
        }
        return value
    }
}
