/// Where in a program or a script an archive begins that is appended to it and hides what it holds, because it is compressed.
///
/// A magic number alone is none: what knows such archives has it among its constants. So more of the header must hold
/// together, up to its checksum where it has one.
package enum StreamStart {
    /// How many bytes of a header are looked at at the most.
    package static let headerLength = 32
    private static let gzipMark: [UInt8] = [0x1f, 0x8b, 0x08]
    static let gzipLength = 10

    /// The first archive that begins in `bytes`, at `start` or behind it, and what it is.
    package static func find(in bytes: Span<UInt8>, from start: Int = 0) -> (kind: ArchiveKind, offset: Int)?
    {
        var offset = max(0, start)
        while offset <= bytes.count - 10 {
            switch bytes[offset] {
            case 0x1f, 0x28, 0xfd, 0x42, 0x4c, 0x04, 0x37, 0x68:
                let header = bytes.extracting(offset..<min(offset + headerLength, bytes.count))
                if let kind = kind(of: header) { return (kind, offset) }
            default: break
            }
            offset += 1
        }
        return nil
    }

    /// The first gzip stream that begins in `bytes`, at `start` or behind it.
    static func findGzip(in bytes: Span<UInt8>, from start: Int) -> Int? {
        var place = start
        while place < bytes.count, let next = ByteSearch.first(of: gzipMark, in: bytes.extracting(place...)) {
            place += next
            guard place + gzipLength <= bytes.count else { return nil }
            if isGzip(bytes.extracting(place...)) { return place }
            place += 1
        }
        return nil
    }

    private static func kind(of header: Span<UInt8>) -> ArchiveKind? {
        guard let kind = ArchiveKind.sniff(header) else { return nil }
        let isWhole =
            switch kind {
            case .gzip: isGzip(header)
            case .zstd: isZstd(header)
            case .xz: isXZ(header)
            case .bzip2: isBzip2(header)
            case .lzip: isLzip(header)
            case .lz4: isLZ4(header)
            case .sevenZip: isSevenZip(header)
            case .squashfs: true
            case .tar, .zip, .lzma, .compress, .ar, .rpm, .cpio, .rar: false
            }
        return isWhole ? kind : nil
    }

    /// No reserved flag, and a level and a system that there are.
    private static func isGzip(_ header: Span<UInt8>) -> Bool {
        header[2] == 8 && header[3] < 0x20 && [0, 2, 4].contains(header[8])
            && (header[9] <= 13 || header[9] == 0xff)
    }

    /// No reserved bit in the frame's header, and a first block of a type and a size that there are.
    private static func isZstd(_ header: Span<UInt8>) -> Bool {
        // Frames to be skipped have other marks.
        guard header[0] == 0x28, header[4] & 8 == 0 else { return false }
        let flags = header[4]
        let isSingle = flags & 0x20 != 0
        let content = [isSingle ? 1 : 0, 2, 4, 8][Int(flags >> 6)]
        let block = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][Int(flags & 3)] + content
        guard block + 3 <= header.count else { return false }
        let size = number(header, block, 3)
        return size >> 1 & 3 != 3 && size >> 3 <= 128 << 10
    }

    /// Flags that there are, with their own checksum behind them.
    private static func isXZ(_ header: Span<UInt8>) -> Bool {
        guard header.count >= 12, header[6] == 0, header[7] < 16 else { return false }
        return checksum(header.extracting(6..<8)) == number(header, 8, 4)
    }

    /// The mark of a block.
    private static func isBzip2(_ header: Span<UInt8>) -> Bool {
        let mark: [UInt8] = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]
        return mark.indices.allSatisfy { header[4 + $0] == mark[$0] }
    }

    /// A dictionary of 4 KiB to 512 MiB, and the zero with which its data begin.
    private static func isLzip(_ header: Span<UInt8>) -> Bool {
        (12...29).contains(header[5] & 0x1f) && header[6] == 0
    }

    /// The one version, and a block size that there is.
    private static func isLZ4(_ header: Span<UInt8>) -> Bool {
        header[1] == 0x22 && header[4] & 0xc2 == 0x40 && header[5] & 0x8f == 0
            && (4...7).contains(header[5] >> 4)
    }

    /// The place of the table of members, with its checksum before it.
    private static func isSevenZip(_ header: Span<UInt8>) -> Bool {
        guard header.count == headerLength, header[6] == 0 else { return false }
        return checksum(header.extracting(12..<32)) == number(header, 8, 4)
    }

    private static func number(_ bytes: Span<UInt8>, _ offset: Int, _ length: Int) -> UInt32 {
        (0..<length).reversed().reduce(0) { $0 << 8 | UInt32(bytes[offset + $1]) }
    }

    /// CRC-32 of a few bytes.
    private static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        var sum = UInt32.max
        for index in bytes.indices {
            sum ^= UInt32(bytes[index])
            for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : sum >> 1 ^ 0xedb8_8320 }
        }
        return ~sum
    }
}
