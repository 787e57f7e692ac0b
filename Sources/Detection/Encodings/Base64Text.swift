/// Text in base64, in the alphabet of MIME or in that of URLs, padded or not, on one line or wrapped.
///
/// Most of what looks like base64 is a name or a path, or stands for no text. A run counts if its first bytes are text, or
/// those of something compressed, whatever follows: zeros between variables and letters of old encodings are in files too.
struct Base64Text: TextEncoding {
    let isSparse = false

    /// The fewest characters on a line that is wrapped: as many as are looked for.
    private static let shortestLine = RunSearch.credential - 2
    /// Behind where a window begins, runs may begin in the middle of four characters.
    private static let continued = 256
    private static let noValue: UInt8 = 0xff
    /// What each byte stands for; 64 and 65 are the same in the alphabet of URLs as 62 and 63 in that of MIME.
    private static let values: [UInt8] = (0..<256).map { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(byte) - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt8(byte) - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(byte) - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        case UInt8(ascii: "-"): 64
        case UInt8(ascii: "_"): 65
        default: noValue
        }
    }

    func decode(_ bytes: Span<UInt8>, _ search: RunSearch, into text: inout DecodedText) {
        var position = 0
        while let place = WordSearch.first(
            in: bytes, from: position, stride: search.isShort ? 1 : search.shortest - 8,
            isLong: !search.isShort,
            where: WordSearch.isCompact)
        {
            var start = WordSearch.start(ofBase64Before: place, in: bytes, from: position)
            while start < place + 8 {
                let end = WordSearch.end(ofBase64From: start, in: bytes)
                position = end
                // Without the padding that it may have.
                if end - start >= search.shortest - 2 {
                    position = decode(start..<end, in: bytes, search, into: &text)
                }
                start = position
                while start < place + 8, !WordSearch.isBase64(bytes[start]) { start += 1 }
            }
            position = start
        }
    }

    /// Decodes what of `run` stands for text; returns where that ends.
    ///
    /// It may begin behind a symbol as well, as behind the slash of a path, and ends where a symbol of the other alphabet
    /// stands.
    private func decode(
        _ run: Range<Int>, in bytes: Span<UInt8>, _ search: RunSearch, into text: inout DecodedText
    ) -> Int {
        var start = run.lowerBound + Self.escaped(run, in: bytes)
        var phases = search.isContinued && start < Self.continued ? 0...3 : 0...0
        while run.upperBound - start >= search.shortest - 2 {
            for phase in phases {
                let part = start + phase..<run.upperBound
                guard let beginning = Self.beginning(of: part, in: bytes) else { continue }
                let lines = Self.lines(
                    from: Self.oneAlphabet(part, in: bytes), isPacked: beginning == .packed, in: bytes)
                text.begin("base64")
                Self.decode(lines, in: bytes, into: &text)
                if beginning == .packed {
                    text.finishPacked()
                } else {
                    text.finish(shortest: search.shortest / 2)
                }
                // Lines behind something compressed may be none of it: they are looked at for themselves as well.
                let seen = beginning == .packed ? lines.first : lines.last
                start = max(start, (seen?.upperBound ?? start) - 1)
                break
            }
            guard let symbol = WordSearch.first(symbolFrom: start, to: run.upperBound, in: bytes) else {
                return max(start, run.upperBound)
            }
            start = symbol + 1
            phases = 0...0
        }
        return max(start, run.upperBound)
    }

    /// How many characters at the start of a run end an escape that begins before it: `n` of `\n`, `u000a`, `3D` of `%3D`.
    private static func escaped(_ run: Range<Int>, in bytes: Span<UInt8>) -> Int {
        guard run.lowerBound > 0 else { return 0 }
        switch (bytes[run.lowerBound - 1], bytes[run.lowerBound]) {
        case (UInt8(ascii: "%"), _): return 2
        case (UInt8(ascii: "\\"), UInt8(ascii: "u")): return 5
        case (UInt8(ascii: "\\"), UInt8(ascii: "x")): return 3
        case (UInt8(ascii: "\\"), UInt8(ascii: "n")), (UInt8(ascii: "\\"), UInt8(ascii: "r")),
            (UInt8(ascii: "\\"), UInt8(ascii: "t")):
            return 1
        default: return 0
        }
    }

    /// `run` up to where a symbol of the other alphabet than its first symbol's stands.
    private static func oneAlphabet(_ run: Range<Int>, in bytes: Span<UInt8>) -> Range<Int> {
        var isURL: Bool?
        var place = run.lowerBound
        while let symbol = WordSearch.first(symbolFrom: place, to: run.upperBound, in: bytes) {
            let isOfURLs = values[Int(bytes[symbol])] >= 64
            if isURL == !isOfURLs { return run.lowerBound..<symbol }
            isURL = isOfURLs
            place = symbol + 1
        }
        return run
    }
}

extension Base64Text {
    private enum Beginning {
        case text
        /// UTF-16, for another encoding to see.
        case wide
        /// A compressed file or a zip, for others to open.
        case packed
    }

    /// What such files begin with, and the first three bytes of each as one number.
    private static let marks: [(first: UInt32, mark: [UInt8])] = [
        [0x1f, 0x8b, 0x08], [0x28, 0xb5, 0x2f, 0xfd], [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
        [0x50, 0x4b, 0x03, 0x04], Array("BZh91AY&SY".utf8),
    ].map { mark in (mark.prefix(3).reduce(0) { $0 << 8 | UInt32($1) }, mark) }

    /// How many of the first bytes are looked at.
    private static let looked = 24
    /// So many of them are text; of each dozen one may be none, a zero or a letter of an old encoding.
    private static let plain = 4

    /// What the first bytes are that `run` stands for.
    private static func beginning(of run: Range<Int>, in bytes: Span<UInt8>) -> Beginning? {
        guard run.count >= 8 else { return nil }
        // Most runs end here.
        let quad = quad(at: run.lowerBound, in: bytes)
        let first = UInt8(truncatingIfNeeded: quad >> 16)
        let second = UInt8(truncatingIfNeeded: quad >> 8)
        if let mark = marks.first(where: { $0.first == quad })?.mark, begins(run, with: mark, in: bytes) {
            return .packed
        }
        if first == 0 || second == 0 || first >= 0xfe { return beginsWide(run, in: bytes) ? .wide : nil }
        guard first >= 0xc2 || PlainText.isPrintable(first), second >= 0x80 || PlainText.isPrintable(second)
        else { return nil }
        return beginsAsText(run, in: bytes) ? .text : nil
    }

    private static func begins(_ run: Range<Int>, with mark: [UInt8], in bytes: Span<UInt8>) -> Bool {
        run.count >= (mark.count + 2) / 3 * 4
            && mark.indices.allSatisfy { byte($0, of: run, in: bytes) == mark[$0] }
    }

    private static func beginsAsText(_ run: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        let count = min(looked, run.count / 4 * 3)
        var following = 0
        var others = 0
        for index in 0..<count {
            let byte = byte(index, of: run, in: bytes)
            switch byte {
            case 0x80..<0xc0 where following > 0: following -= 1
            case 0xc2..<0xe0 where following == 0: following = 1
            case 0xe0..<0xf0 where following == 0: following = 2
            case 0xf0..<0xf5 where following == 0: following = 3
            case _ where following == 0 && PlainText.isPrintable(byte): break
            default:
                others += following > 0 && !PlainText.isPrintable(byte) ? 2 : 1
                following = 0
                guard index >= plain, others <= count / 12 else { return false }
            }
        }
        return true
    }

    private static func beginsWide(_ run: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        // Behind a byte order mark, or what would be in its place.
        let first = byte(2, of: run, in: bytes) == 0 ? 3 : 2
        for index in 2..<min(looked, run.count / 4 * 3) {
            let byte = byte(index, of: run, in: bytes)
            guard (index - first).isMultiple(of: 2) ? PlainText.isPrintable(byte) : byte == 0 else {
                return false
            }
        }
        return true
    }

    /// The byte number `index` of those that `run` stands for.
    @inline(__always) private static func byte(
        _ index: Int, of run: Range<Int>, in bytes: Span<UInt8>
    ) -> UInt8 {
        let quad = quad(at: run.lowerBound + index / 3 * 4, in: bytes)
        return UInt8(truncatingIfNeeded: quad >> UInt32(16 - index % 3 * 8))
    }

    /// The lines that a run goes on over: as long as its first or, after a name, its second, and a shorter one at last.
    ///
    /// Those of something compressed, which says itself where it ends, may be of any length: a text that was wrapped
    /// already may be wrapped anew.
    private static func lines(
        from first: Range<Int>, isPacked: Bool, in bytes: Span<UInt8>
    ) -> [Range<Int>] {
        var lines = [first]
        guard first.count >= shortestLine else { return lines }
        var width = first.count
        while let last = lines.last, var start = LineBreak.next(after: last.upperBound, in: bytes) {
            var end = WordSearch.end(ofBase64From: start, in: bytes)
            // What wraps a text anew may do so where it was wrapped already, which leaves a line empty; as do two texts.
            if isPacked, end == start, let next = LineBreak.next(after: start, in: bytes) {
                start = next
                end = WordSearch.end(ofBase64From: start, in: bytes)
                if beginning(of: start..<end, in: bytes) == .packed { break }
            }
            if lines.count == 1, end - start > width { width = end - start }
            guard end > start, isPacked || end - start <= width, endsLine(end, in: bytes) else { break }
            lines.append(start..<end)
            guard isPacked || end - start == width else { break }
        }
        return lines
    }

    /// Whether what ends at `end` may be the last on its line that is base64.
    private static func endsLine(_ end: Int, in bytes: Span<UInt8>) -> Bool {
        guard end < bytes.count else { return true }
        switch bytes[end] {
        case UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: "["):
            return false
        default: return true
        }
    }

    private static func decode(_ lines: [Range<Int>], in bytes: Span<UInt8>, into text: inout DecodedText) {
        // Characters of a line that has not four more.
        var pending: UInt32 = 0
        var count = 0
        var start = 0
        var end = 0
        for line in lines {
            var place = line.lowerBound
            while place < line.upperBound {
                if count == 0, place + 4 <= line.upperBound {
                    text.append(quad: quad(at: place, in: bytes), from: place)
                    place += 4
                    continue
                }
                if count == 0 { start = place }
                pending = pending << 6 | value(at: place, in: bytes)
                count += 1
                place += 1
                end = place
                guard count == 4 else { continue }
                text.append(Self.bytes(of: pending, 3), fromAll: start..<end)
                count = 0
                pending = 0
            }
        }
        guard count > 1 else { return }
        let rest = pending << UInt32(6 * (4 - count))
        text.append(Self.bytes(of: rest, count - 1), fromAll: start..<end)
    }

    private static func bytes(of quad: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: quad >> UInt32(16 - 8 * $0)) }
    }

    @inline(__always) private static func quad(at place: Int, in bytes: Span<UInt8>) -> UInt32 {
        let high = value(at: place, in: bytes) << 18 | value(at: place + 1, in: bytes) << 12
        return high | value(at: place + 2, in: bytes) << 6 | value(at: place + 3, in: bytes)
    }

    @inline(__always) private static func value(at place: Int, in bytes: Span<UInt8>) -> UInt32 {
        let value = UInt32(values[Int(bytes[place])])
        return value < 64 ? value : value - 2
    }
}
