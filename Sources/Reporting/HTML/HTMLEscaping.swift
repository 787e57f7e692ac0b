internal import Mustache

/// Escapes for text and for quoted attributes, byte by byte.
///
/// Mustache's own goes by whole characters, and so leaves a quotation mark alone that a combining mark follows.
struct HTMLEscaping: MustacheContentType {
    static let name = "PALIMPSEST_HTML"

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { Self.replacement($0) != nil }) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 32)
        Self.escape(text, into: &result)
        return String(decoding: result, as: UTF8.self)
    }

    static func escape(_ text: String, into bytes: inout [UInt8]) {
        let span = text.utf8Span.span
        for position in span.indices {
            let byte = span[position]
            if let replacement = replacement(byte) {
                bytes.append(contentsOf: replacement.utf8)
            } else {
                bytes.append(byte)
            }
        }
    }

    private static func replacement(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
