/// The checksum at the end of GitHub's and npm's tokens: CRC-32 in base 62, six characters.
enum TokenChecksum {
    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    static func text(of bytes: [UInt8]) -> String {
        var rest = crc32(of: bytes)
        var reversed: [UInt8] = []
        for _ in 0..<6 {
            reversed.append(digits[Int(rest % 62)])
            rest /= 62
        }
        return String(decoding: reversed.reversed(), as: UTF8.self)
    }

    private static func crc32(of bytes: [UInt8]) -> UInt32 {
        var remainder = UInt32.max
        for byte in bytes {
            remainder ^= UInt32(byte)
            for _ in 0..<8 {
                remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xedb8_8320 : remainder >> 1
            }
        }
        return ~remainder
    }
}
