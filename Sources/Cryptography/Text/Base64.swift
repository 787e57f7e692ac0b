internal import CLibCrypto

/// Bytes as RFC 4648 writes them.
package enum Base64 {
    /// The bytes that `text` stands for: no blanks, padding where it is due; nil where it is nothing of the kind.
    package static func decode(_ text: [UInt8]) -> [UInt8]? {
        guard !text.isEmpty, text.count.isMultiple(of: 4) else { return nil }
        defer { ERR_clear_error() }
        var bytes = [UInt8](repeating: 0, count: text.count / 4 * 3)
        let written = Int(unsafe EVP_DecodeBlock(&bytes, text, Int32(clamping: text.count)))
        guard written == bytes.count else { return nil }
        let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
        return Array(bytes.dropLast(padding))
    }

    /// The bytes that `text` stands for in the alphabet of URLs, which JSON web tokens use, without padding.
    package static func decodeURL(_ text: [UInt8]) -> [UInt8]? {
        guard !text.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }) else {
            return nil
        }
        var standard = text.map { byte in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        while !standard.count.isMultiple(of: 4) { standard.append(UInt8(ascii: "=")) }
        return decode(standard)
    }

    /// `bytes` as text, with padding and without line breaks.
    package static func encode(_ bytes: [UInt8]) -> String {
        guard !bytes.isEmpty else { return "" }
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let count = Int(unsafe EVP_EncodeBlock(&text, bytes, Int32(clamping: bytes.count)))
        return String(decoding: text.prefix(count), as: UTF8.self)
    }
}
