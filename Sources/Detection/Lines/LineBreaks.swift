/// Line feeds in bytes, at nearly the speed of memory.
enum LineBreaks {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f

    /// Eight bytes at a time in plain integers, which the compiler turns into vectors; SIMD types are far slower here.
    static func count(in bytes: Span<UInt8>) -> Int {
        unsafe bytes.withUnsafeBytes { buffer in
            var total = 0
            var offset = 0
            let whole = buffer.count & ~7
            while offset < whole {
                // Each byte of the sum counts up to 255 before it must be emptied.
                var sum: UInt64 = 0
                let end = min(whole, offset + 255 * 8)
                while offset < end {
                    let word = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    let difference = word ^ (ones &* 0x0a)
                    // The top bit of each byte is clear where the byte is a line feed, and only there.
                    let marks = ((difference & low) &+ low) | difference
                    sum &+= (~marks >> 7) & ones
                    offset += 8
                }
                let pairs = (sum & 0x00ff_00ff_00ff_00ff) &+ (sum >> 8 & 0x00ff_00ff_00ff_00ff)
                total += Int((pairs &* 0x0001_0001_0001_0001) >> 48)
            }
            while offset < buffer.count {
                if unsafe buffer[offset] == UInt8(ascii: "\n") { total += 1 }
                offset += 1
            }
            return total
        }
    }

    /// The offset of the last one.
    static func last(in bytes: Span<UInt8>) -> Int? {
        var offset = bytes.count
        while offset > 0 {
            offset -= 1
            if bytes[offset] == UInt8(ascii: "\n") { return offset }
        }
        return nil
    }
}
