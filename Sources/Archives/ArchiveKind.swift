/// What a file can be opened as, told from its first bytes.
package enum ArchiveKind: String, Sendable, CaseIterable {
    case tar
    /// Also jar, war, whl, apk, docx and their kin.
    case zip
    case gzip
    case zstd
    case xz
    case bzip2
    case lzma
    /// Also deb.
    case ar
    case rpm
    case cpio
    /// Its directory is at the end: libarchive reads it only from a source in which one can jump.
    case sevenZip = "7z"

    /// How many bytes ``sniff(_:)`` wants to see.
    package static let prefixLength = 512

    /// What content that begins with `prefix` looks like; nil where it does not look like anything we open.
    package static func sniff(_ prefix: Span<UInt8>) -> ArchiveKind? {
        guard prefix.count >= 6 else { return nil }
        switch Compression.sniff((0..<6).map { prefix[$0] }) {
        case .gzip: return .gzip
        case .zstd: return .zstd
        case .xz: return .xz
        case .bzip2: return .bzip2
        case .lzma: return .lzma
        case .none: break
        }
        return signatures.first { starts(prefix, with: $0.bytes) }?.kind ?? (isTar(prefix) ? .tar : nil)
    }

    /// How far a zip may begin into a file that is no script: a Java module's does behind four bytes of its own.
    package static let longestMark = 64

    /// The archive behind a script that runs or unpacks it (executable jars, `.pyz`, installers), or behind a short mark.
    ///
    /// `beginning` is as much of the file as is at hand; an archive that begins later is not seen.
    package static func behindPrefix(_ beginning: Span<UInt8>) -> (kind: ArchiveKind, offset: Int)? {
        guard beginning.count > 4 else { return nil }
        let isScript = beginning[0] == UInt8(ascii: "#") && beginning[1] == UInt8(ascii: "!")
        let end = isScript ? beginning.count - 3 : min(beginning.count - 3, longestMark)
        for offset in 1..<end {
            switch (beginning[offset], beginning[offset + 1], beginning[offset + 2], beginning[offset + 3]) {
            case (0x50, 0x4b, 0x03, 0x04): return (.zip, offset)
            case (0x1f, 0x8b, 0x08, _) where isScript: return (.gzip, offset)
            default: continue
            }
        }
        return nil
    }

    private static let signatures: [(kind: ArchiveKind, bytes: [UInt8])] = [
        (.zip, [0x50, 0x4b, 0x03, 0x04]),
        (.zip, [0x50, 0x4b, 0x05, 0x06]),
        (.sevenZip, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]),
        (.ar, Array("!<arch>\n".utf8)),
        (.rpm, [0xed, 0xab, 0xee, 0xdb]),
        (.cpio, Array("070701".utf8)),
        (.cpio, Array("070702".utf8)),
        (.cpio, Array("070707".utf8)),
    ]

    private static func starts(_ prefix: Span<UInt8>, with signature: [UInt8]) -> Bool {
        guard prefix.count >= signature.count else { return false }
        return signature.indices.allSatisfy { prefix[$0] == signature[$0] }
    }

    /// Whether the first block is a tar header: its checksum is right, with or without the `ustar` mark.
    private static func isTar(_ block: Span<UInt8>) -> Bool {
        guard block.count >= 512, block[0] != 0, let stored = octal(block, 148..<156) else { return false }
        var sum = 8 * 0x20
        for index in 0..<512 where !(148..<156).contains(index) { sum += Int(block[index]) }
        return sum == stored
    }

    private static func octal(_ block: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var value: Int?
        for index in range {
            switch block[index] {
            case 0x30...0x37: value = (value ?? 0) * 8 + Int(block[index] - 0x30)
            case 0x20 where value == nil: continue
            case 0x20, 0x00: return value
            default: return nil
            }
        }
        return value
    }
}
