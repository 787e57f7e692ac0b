internal import Model

/// Where a placement is, as programs take it: an address relative to the image's root, and the place in the content.
package struct Address: Sendable {
    /// The path, percent-encoded; what was opened inside follows after `!/`, and a metadata field after `image-config/`.
    package let uri: SafeText
    /// From 1, in the innermost content.
    package let line: Int?
    /// From 1, in bytes.
    package let column: Int?
    /// In bytes.
    package let length: Int?

    init(_ location: Location) {
        let file =
            location.path.map { Self.encoded($0.bytes) }
            ?? "image-config/" + Self.encoded(Array((location.config ?? "").utf8))
        uri = .cleaning(
            ([file] + location.within.map { Self.encoded(Array($0.utf8)) }).joined(separator: "!/"),
            limit: .max)
        line = location.line
        column = location.column
        length = location.length
    }

    /// The longest path that Linux opens; nothing behind it can be a file of a container.
    private static let limit = 4096

    /// Every byte but letters, digits, `-`, `.`, `_`, `~` and `/` as `%XX`, so that the bytes can be had back.
    private static func encoded(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in bytes.prefix(limit) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.append(byte)
            default:
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0x0f)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
