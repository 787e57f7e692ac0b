/// The checksum of IEEE 802.3, as GitHub and npm end their tokens with it.
enum CRC32 {
    private static let alphabet = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// The checksum of `bytes` as six characters of base 62.
    static func base62(of bytes: Span<UInt8>) -> [UInt8] {
        var rest = Int(checksum(of: bytes))
        var text: [UInt8] = []
        for _ in 0..<6 {
            text.append(alphabet[rest % 62])
            rest /= 62
        }
        return text.reversed()
    }

    static func checksum(of bytes: Span<UInt8>) -> UInt32 {
        var checksum = UInt32.max
        for index in bytes.indices {
            checksum ^= UInt32(bytes[index])
            for _ in 0..<8 {
                checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xedb8_8320 : checksum >> 1
            }
        }
        return ~checksum
    }
}
