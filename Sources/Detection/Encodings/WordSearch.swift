/// Finds where long runs of some kind of byte may be by looking at every other eight bytes, at the speed of memory.
enum WordSearch {
    static let ones: UInt64 = 0x0101_0101_0101_0101
    static let tops: UInt64 = 0x8080_8080_8080_8080

    /// The first place, at `start` or a multiple of `stride` bytes behind it, whose eight bytes pass `test`.
    ///
    /// Every run of bytes that pass which is seven bytes longer than the stride holds one. With `isLong`, the eight bytes
    /// before or behind pass as well, as they do in every such run of 23 and more: ordinary words rarely do.
    @inline(__always) static func first(
        in bytes: Span<UInt8>, from start: Int, stride: Int, isLong: Bool, where test: (UInt64) -> Bool
    ) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in
            // No sum here can overflow, and each check would cost as much as the test.
            let last = buffer.count &- 8
            var place = start
            while place <= last {
                let word = unsafe buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                if test(word) {
                    guard isLong else { return place }
                    if place >= 8,
                        test(unsafe buffer.loadUnaligned(fromByteOffset: place &- 8, as: UInt64.self))
                    {
                        return place
                    }
                    if place &+ 8 <= last,
                        test(unsafe buffer.loadUnaligned(fromByteOffset: place &+ 8, as: UInt64.self))
                    {
                        return place
                    }
                }
                place = place &+ stride
            }
            return nil
        }
    }

    /// Whether all eight bytes lie between `+` and `z`, as base64 does; a few more pass.
    @inline(__always) static func isCompact(_ word: UInt64) -> Bool {
        // The first sum tops bytes above 0x7a, the difference those below 0x2b.
        ((word &+ ones &* 0x05) | (word &- ones &* 0x2b) | word) & tops == 0
    }

    /// Whether every second byte is zero and the others are text, from the first byte on or from the second.
    @inline(__always) static func isWide(_ word: UInt64) -> Bool {
        if word & 0xff00_ff00_ff00_ff00 == 0 { return isPrintable(word) }
        if word & 0x00ff_00ff_00ff_00ff == 0 { return isPrintable(word >> 8) }
        return false
    }

    /// Whether the even bytes, the others being zero, are from blank to tilde or a break.
    @inline(__always) private static func isPrintable(_ word: UInt64) -> Bool {
        // Breaks may stand anywhere in a text: only zero, and what is above ASCII, is refused here.
        let nonzero = (word & 0x007f_007f_007f_007f) &+ 0x007f_007f_007f_007f
        return nonzero & 0x0080_0080_0080_0080 == 0x0080_0080_0080_0080
            && word & 0x0080_0080_0080_0080 == 0
    }

    /// Where in `bytes`, from `start` on, the first byte stands that base64 has not, in neither of its alphabets.
    static func end(ofBase64From start: Int, in bytes: Span<UInt8>) -> Int {
        unsafe bytes.withUnsafeBytes { buffer in
            var place = start
            while place + 8 <= buffer.count {
                let others = othersThanBase64(
                    unsafe buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                guard others == 0 else { return place + others.trailingZeroBitCount / 8 }
                place += 8
            }
            while place < buffer.count, unsafe isBase64(buffer[place]) { place += 1 }
            return place
        }
    }

    /// Where what is base64 before `end` begins, not before `limit`.
    static func start(ofBase64Before end: Int, in bytes: Span<UInt8>, from limit: Int) -> Int {
        unsafe bytes.withUnsafeBytes { buffer in
            var place = end
            while place - 8 >= limit {
                let others = othersThanBase64(
                    unsafe buffer.loadUnaligned(fromByteOffset: place - 8, as: UInt64.self))
                guard others == 0 else { return place - others.leadingZeroBitCount / 8 }
                place -= 8
            }
            while place > limit, unsafe isBase64(buffer[place - 1]) { place -= 1 }
            return place
        }
    }

    /// Where the first of the symbols `+/-_` stands, from `start` on and before `end`.
    static func first(symbolFrom start: Int, to end: Int, in bytes: Span<UInt8>) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in
            var place = start
            while place + 8 <= end {
                let word = unsafe buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                let found = symbols(word & ~tops) & ~word & tops
                guard found == 0 else { return place + found.trailingZeroBitCount / 8 }
                place += 8
            }
            while place < end {
                if symbols(UInt64(unsafe buffer[place])) & 0x80 != 0 { return place }
                place += 1
            }
            return nil
        }
    }

    @inline(__always) private static func symbols(_ low: UInt64) -> UInt64 {
        equal(low, 0x2b) | equal(low, 0x2f) | equal(low, 0x2d) | equal(low, 0x5f)
    }

    static func isBase64(_ byte: UInt8) -> Bool { othersThanBase64(UInt64(byte) &* ones) == 0 }

    /// The top bit of each byte that is no letter or digit and none of `+/-_`.
    @inline(__always) private static func othersThanBase64(_ word: UInt64) -> UInt64 {
        let low = word & ~tops
        // The top bit of a sum is set from the one end of a range on, and behind the other.
        let letters = ((low | ones &* 0x20) &+ ones &* 0x1f) & ~((low | ones &* 0x20) &+ ones &* 0x05)
        let digits = (low &+ ones &* 0x51) & ~(low &+ ones &* 0x46)
        let others = equal(low, 0x2b) | equal(low, 0x2d) | equal(low, 0x5f)
        return (~(letters | digits | others) | word) & tops
    }

    @inline(__always) private static func equal(_ low: UInt64, _ byte: UInt64) -> UInt64 {
        ~((low ^ ones &* byte) &+ ~tops)
    }
}
