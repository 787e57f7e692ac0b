/// A block of text between `-----BEGIN …-----` and `-----END …-----`.
package struct PEMBlock: Sendable {
    /// What stands after `BEGIN`: `RSA PRIVATE KEY`.
    package let label: String
    /// `Proc-Type` and the like, as RFC 1421 has them.
    let headers: [String]
    /// The bytes that the text stands for.
    package let body: [UInt8]

    /// The first whole block in `text`.
    package init?(_ text: Span<UInt8>) {
        let begin = Array("-----BEGIN ".utf8)
        var lines = Self.lines(text)[...]
        guard let start = lines.firstIndex(where: { $0.starts(with: begin) && $0.count > 16 }) else {
            return nil
        }
        label = String(decoding: lines[start].dropFirst(11).dropLast(5), as: UTF8.self)
        lines = lines[(start + 1)...]
        let endMarker = Array("-----END ".utf8)
        guard let end = lines.firstIndex(where: { $0.starts(with: endMarker) }) else { return nil }
        lines = lines[..<end]
        let headerLines = lines.prefix { $0.contains(UInt8(ascii: ":")) }
        headers = headerLines.map { String(decoding: $0, as: UTF8.self) }
        guard let body = Base64.decode(Array(lines.dropFirst(headerLines.count).joined())) else { return nil }
        self.body = body
    }

    /// Whether it is encrypted in the way of RFC 1421.
    var isEncrypted: Bool { headers.contains { $0.hasPrefix("Proc-Type:") && $0.contains("ENCRYPTED") } }

    /// The kind of key that the label names.
    var algorithm: String? {
        let word = label.split(separator: " ").first.map(String.init)
        return ["RSA", "EC", "DSA"].contains(word) ? word : nil
    }

    /// Lines without blanks at their ends; a line break may be an escape, as in a JSON string.
    private static func lines(_ text: Span<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\n"):
                lines.append([])
            case UInt8(ascii: "\\") where index < text.count:
                if text[index] == UInt8(ascii: "n") { lines.append([]) }
                index += 1
            case UInt8(ascii: "\r"), UInt8(ascii: "\t"):
                continue
            case UInt8(ascii: " ") where lines[lines.count - 1].isEmpty:
                continue
            default:
                lines[lines.count - 1].append(byte)
            }
        }
        for index in lines.indices {
            while lines[index].last == UInt8(ascii: " ") { lines[index].removeLast() }
        }
        return lines
    }
}
