/// Bytes as lower-case hexadecimal digits, for modules that do not know `Model`, which has its own.
package enum HexDigits {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Two digits for each byte, in order.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0f)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
