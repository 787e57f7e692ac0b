/// Gzip and zstd streams that store their content as it is, for tests that must know every byte.
package enum RawGzip {
    /// One member.
    package static func member(
        _ content: [UInt8], flags: UInt8 = 0, fields: [UInt8] = [], checksum: UInt32? = nil,
        length: UInt32? = nil
    ) -> [UInt8] {
        var bytes: [UInt8] = [0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255] + fields
        var rest = content[...]
        repeat {
            let piece = rest.prefix(0xffff)
            rest = rest.dropFirst(piece.count)
            let size = UInt16(piece.count)
            bytes += [rest.isEmpty ? 1 : 0] + little(size) + little(~size) + piece
        } while !rest.isEmpty
        return bytes + little(checksum ?? crc32(content)) + little(length ?? UInt32(content.count))
    }

    /// One zstd frame.
    package static func zstdFrame(_ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0xe0] + little(UInt64(content.count))
        var rest = content[...]
        repeat {
            let piece = rest.prefix(1 << 16)
            rest = rest.dropFirst(piece.count)
            let header = UInt32(piece.count) << 3 | (rest.isEmpty ? 1 : 0)
            bytes += little(header).prefix(3) + piece
        } while !rest.isEmpty
        return bytes
    }

    package static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { sum, byte in table[Int((sum ^ UInt32(byte)) & 0xff)] ^ (sum >> 8) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    }

    private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        (0..<(value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
