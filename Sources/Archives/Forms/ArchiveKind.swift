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
    case lzip
    case lz4
    case compress
    /// Also deb.
    case ar
    case rpm
    case cpio
    /// Its directory is at the end: libarchive reads it only from a source in which one can jump.
    case sevenZip = "7z"
    /// Is told, and not opened.
    case rar
    /// A file system in one file, which is told, and not opened.
    case squashfs

    /// Whether it is one stream of something compressed.
    package var isStream: Bool {
        switch self {
        case .gzip, .zstd, .xz, .bzip2, .lzma, .lzip, .lz4, .compress: true
        case .tar, .zip, .ar, .rpm, .cpio, .sevenZip, .rar, .squashfs: false
        }
    }

    /// How many bytes ``sniff(_:)`` wants to see.
    package static let prefixLength = 512

    /// What content that begins with `prefix` looks like; nil where it does not look like anything we open.
    package static func sniff(_ prefix: Span<UInt8>) -> ArchiveKind? {
        guard prefix.count >= 6 else { return nil }
        switch Compression.sniff(prefix) {
        case .gzip: return .gzip
        case .zstd: return .zstd
        case .xz: return .xz
        case .bzip2: return .bzip2
        case .lzma: return .lzma
        case .lzip: return .lzip
        case .lz4: return .lz4
        case .compress: return .compress
        case .none: break
        }
        let first = FirstBytes(prefix)
        // "hsqs", and the only version that is in use.
        if first.begin(with: 0x6873_7173, length: 4), prefix.count > 29, prefix[28] == 4, prefix[29] == 0 {
            return .squashfs
        }
        return marked(first) ?? (isBinaryCpio(prefix) ? .cpio : isTar(prefix) ? .tar : nil)
    }

    /// How far a zip may begin into a file that is no script: a Java module's does behind four bytes of its own.
    static let longestMark = 64

    /// The archive behind a script that runs or unpacks it (executable jars, `.pyz`, installers), or behind a short mark.
    ///
    /// `beginning` is as much of the file as is at hand; an archive that begins later is not seen.
    static func behindPrefix(_ beginning: Span<UInt8>) -> (kind: ArchiveKind, offset: Int)? {
        guard beginning.count > 4 else { return nil }
        let isScript = beginning[0] == UInt8(ascii: "#") && beginning[1] == UInt8(ascii: "!")
        // Only what comes before another archive may come first.
        let stream = isScript ? StreamStart.find(in: beginning, from: 2) : nil
        let end =
            isScript
            ? min(beginning.count - 3, stream?.offset ?? .max) : min(beginning.count - 3, longestMark)
        for offset in 1..<end {
            switch (beginning[offset], beginning[offset + 1], beginning[offset + 2], beginning[offset + 3]) {
            case (0x50, 0x4b, 0x03, 0x04): return (.zip, offset)
            case (0x1f, 0x8b, 0x08, _) where isScript: return (.gzip, offset)
            default: continue
            }
        }
        return stream
    }

    /// The archives that have a mark at their beginning.
    private static func marked(_ first: FirstBytes) -> ArchiveKind? {
        if first.begin(with: 0x504b_0304, length: 4) || first.begin(with: 0x504b_0506, length: 4) {
            return .zip
        }
        if first.begin(with: 0x377a_bcaf_271c, length: 6) { return .sevenZip }
        // "Rar!" and two bytes that no text has
        if first.begin(with: 0x5261_7221_1a07, length: 6) { return .rar }
        // "!<arch>" and a line break
        if first.begin(with: 0x213c_6172_6368_3e0a, length: 8) { return .ar }
        if first.begin(with: 0xedab_eedb, length: 4) { return .rpm }
        // "070701", "070702" and "070707"
        let isCpio =
            first.begin(with: 0x3037_3037_3031, length: 6) || first.begin(with: 0x3037_3037_3032, length: 6)
            || first.begin(with: 0x3037_3037_3037, length: 6)
        return isCpio ? .cpio : nil
    }

    /// Whether an old cpio archive begins here, whose numbers are binary: its mark is two bytes, and then its first name is
    /// as long as it says and its first member of a kind that there is.
    static func isBinaryCpio(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 28 else { return false }
        let isBig = bytes[0] == 0x71 && bytes[1] == 0xc7
        guard isBig || bytes[0] == 0xc7 && bytes[1] == 0x71 else { return false }
        func number(_ place: Int) -> Int {
            isBig
                ? Int(bytes[place]) << 8 | Int(bytes[place + 1])
                : Int(bytes[place + 1]) << 8 | Int(bytes[place])
        }
        let (mode, length) = (number(6), number(20))
        guard [0o4, 0o10, 0o12, 0o2, 0o6, 0o1, 0o14].contains(mode >> 12), length > 1,
            26 + length <= bytes.count
        else { return false }
        return bytes[26 + length - 1] == 0 && (26..<26 + length - 1).allSatisfy { bytes[$0] >= 0x20 }
    }

    /// Whether the first block is a tar header: its checksum is right, with or without the `ustar` mark.
    static func isTar(_ block: Span<UInt8>) -> Bool {
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
