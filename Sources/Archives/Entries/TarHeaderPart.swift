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

    static let block = 512

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

    /// The record that `offset` lies in.
    private static func record(at offset: Int, _ body: Range<Int>, _ header: Span<UInt8>) -> TarHeaderPart {
        var start = body.lowerBound
        while start <= offset {
            guard let text = recordText(at: start, in: body, header) else { return .other }
            guard offset < text.upperBound else {
                start = text.upperBound
                continue
            }
            var key: [UInt8] = []
            var position = text.lowerBound
            while position < text.upperBound, header[position] != UInt8(ascii: "=") {
                key.append(header[position])
                position += 1
            }
            return .record(key: key)
        }
        return .other
    }

    /// What stands behind the length in the record at `start`: its length in decimal, a space, the key, `=`, the value, a
    /// line feed; nil where there is none.
    static func recordText(at start: Int, in body: Range<Int>, _ header: Span<UInt8>) -> Range<Int>? {
        var length = 0
        var position = start
        while position < body.upperBound, (0x30...0x39).contains(header[position]), length < 1 << 30 {
            length = length * 10 + Int(header[position] - 0x30)
            position += 1
        }
        guard length > position - start, start + length <= body.upperBound else { return nil }
        return (position + 1)..<(start + length)
    }

    private static let largest = 1 << 40

    /// The size that stands at `start`: in octal digits, or in binary behind a set bit.
    static func size(_ header: Span<UInt8>, _ start: Int) -> Int {
        let field = start..<(start + 12)
        var size = 0
        guard header[start] & 0x80 == 0 else {
            for index in field.dropFirst() { size = min(size << 8 | Int(header[index]), largest) }
            return size
        }
        var position = start
        while position < field.upperBound, header[position] == 0x20 { position += 1 }
        while position < field.upperBound, (0x30...0x37).contains(header[position]) {
            size = size * 8 + Int(header[position] - 0x30)
            position += 1
        }
        return min(size, largest)
    }
}
