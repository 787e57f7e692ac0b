/// Where in bytes of any kind an archive begins, as far as its header holds together.
package enum ArchiveStart {
    private static let block = 512

    /// The first archive that begins in `bytes`, which stand at `offset` in a file.
    ///
    /// A tar stream may begin where `blocks` is a block's start: those in which one was broken have no other places.
    static func find(
        in bytes: Span<UInt8>, at offset: Int, blocks: Int?
    ) -> (kind: ArchiveKind, offset: Int)? {
        var nearest: (kind: ArchiveKind, offset: Int)?
        var end = bytes.count
        func take(_ kind: ArchiveKind, _ place: Int?) {
            guard let place else { return }
            nearest = (kind, place)
            end = place
        }
        take(.zip, ZipStart.find(in: bytes))
        take(.cpio, cpio(in: bytes, before: end))
        if let stream = StreamStart.find(in: bytes.extracting(..<end)) { take(stream.kind, stream.offset) }
        if let blocks { take(.tar, tar(in: bytes, at: offset - blocks, before: end)) }
        return nearest
    }

    private static func tar(in bytes: Span<UInt8>, at offset: Int, before end: Int) -> Int? {
        var place = (block - offset % block) % block
        while place < end, place + block <= bytes.count {
            if ArchiveKind.isTar(bytes.extracting(place..<(place + block))) { return place }
            place += block
        }
        return nil
    }

    /// A mark, and nothing but the digits of a header behind it.
    private static func cpio(in bytes: Span<UInt8>, before end: Int) -> Int? {
        var place = 0
        while place < end,
            let next = ByteSearch.first(of: Array("07070".utf8), in: bytes.extracting(place...))
        {
            place += next
            guard place < end, place + 110 <= bytes.count else { return nil }
            let digits =
                switch bytes[place + 5] {
                case UInt8(ascii: "1"), UInt8(ascii: "2"): 110
                case UInt8(ascii: "7"): 76
                default: 0
                }
            if digits > 0, (place..<(place + digits)).allSatisfy({ isDigit(bytes[$0], octal: digits == 76) })
            {
                return place
            }
            place += 1
        }
        return nil
    }

    private static func isDigit(_ byte: UInt8, octal: Bool) -> Bool {
        switch byte {
        case 0x30...0x37: true
        case 0x38, 0x39, 0x41...0x46, 0x61...0x66: !octal
        default: false
        }
    }
}
