/// What a byte among the header blocks of a tar entry belongs to, as far as that can be told.
///
/// Only for people to read: nothing is looked for or left out by it.
package enum TarHeaderPart: Hashable, Sendable {
    case fileName
    case linkTarget
    case userName
    case groupName
    /// A record of a PAX header, by its key.
    case record(key: [UInt8])
    case other

    private static let block = 512

    /// What the byte at `offset` of `header` is part of; `header` begins with a header block.
    package static func at(_ offset: Int, in header: Span<UInt8>) -> TarHeaderPart {
        var start = 0
        while start + block <= header.count, offset >= start {
            if offset < start + block { return field(offset - start) }
            let size = size(header, start + 124)
            let body = start + block
            if offset < body + size {
                return part(of: header[start + 156], body..<min(body + size, header.count), offset, header)
            }
            start = body + (size + block - 1) / block * block
        }
        return .other
    }

    private static func field(_ offset: Int) -> TarHeaderPart {
        switch offset {
        case 0..<100, 345..<500: .fileName
        case 157..<257: .linkTarget
        case 265..<297: .userName
        case 297..<329: .groupName
        default: .other
        }
    }

    private static func part(
        of type: UInt8, _ body: Range<Int>, _ offset: Int, _ header: Span<UInt8>
    ) -> TarHeaderPart {
        switch type {
        case UInt8(ascii: "L"): .fileName
        case UInt8(ascii: "K"): .linkTarget
        case UInt8(ascii: "x"), UInt8(ascii: "g"), UInt8(ascii: "X"): record(at: offset, body, header)
        default: .other
        }
    }

    /// The record that `offset` lies in: its length in decimal, a space, the key, `=`, the value, a line feed.
    private static func record(at offset: Int, _ body: Range<Int>, _ header: Span<UInt8>) -> TarHeaderPart {
        var start = body.lowerBound
        while start <= offset {
            var length = 0
            var position = start
            while position < body.upperBound, (0x30...0x39).contains(header[position]), length < 1 << 30 {
                length = length * 10 + Int(header[position] - 0x30)
                position += 1
            }
            guard length > position - start, start + length <= body.upperBound else { return .other }
            guard offset < start + length else {
                start += length
                continue
            }
            var key: [UInt8] = []
            position += 1
            while position < start + length, header[position] != UInt8(ascii: "=") {
                key.append(header[position])
                position += 1
            }
            return .record(key: key)
        }
        return .other
    }

    private static func size(_ header: Span<UInt8>, _ start: Int) -> Int {
        var size = 0
        for index in start..<(start + 12) where (0x30...0x37).contains(header[index]) {
            size = size * 8 + Int(header[index] - 0x30)
        }
        return min(size, 1 << 40)
    }
}
