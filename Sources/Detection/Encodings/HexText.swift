/// Bytes in hexadecimal, with or without colons between them.
///
/// Nothing is found in it, since most of it are digests; but what is known is recognised there (`Encodings.hiding`).
struct HexText: TextEncoding {
    let isSparse = false

    func decode(_ stored: Span<UInt8>, _ search: RunSearch, into text: inout DecodedText) {
        var place = 0
        while place < stored.count {
            guard Escape.hexadecimal(2, at: place, in: stored) != nil else {
                place += 1
                continue
            }
            text.begin("hex")
            while let byte = Escape.hexadecimal(2, at: place, in: stored) {
                let behind = place + 2
                let isFollowed =
                    behind < stored.count && stored[behind] == UInt8(ascii: ":")
                    && Escape.hexadecimal(2, at: behind + 1, in: stored) != nil
                let width = isFollowed ? 3 : 2
                text.append(UInt8(byte), from: place, width: width)
                place += width
            }
            text.finish(shortest: search.shortest / 2)
        }
    }
}
