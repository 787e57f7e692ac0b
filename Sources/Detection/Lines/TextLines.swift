/// Text as lines that know where they begin.
enum TextLines {
    struct Line {
        let offset: Int
        let text: String
    }

    /// The lines of `content`, with `joining` those that end in a backslash together with the next.
    static func of(_ content: Span<UInt8>, joining: Bool = false) -> [Line] {
        var lines: [Line] = []
        var bytes: [UInt8] = []
        var start = 0
        for index in content.indices {
            let byte = content[index]
            guard byte == UInt8(ascii: "\n") else {
                bytes.append(byte)
                continue
            }
            if joining, bytes.last == UInt8(ascii: "\\") {
                bytes[bytes.count - 1] = UInt8(ascii: " ")
                continue
            }
            if !bytes.isEmpty {
                lines.append(Line(offset: start, text: String(decoding: bytes, as: UTF8.self)))
            }
            bytes.removeAll(keepingCapacity: true)
            start = index + 1
        }
        if !bytes.isEmpty { lines.append(Line(offset: start, text: String(decoding: bytes, as: UTF8.self))) }
        return lines
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" || first == "\r" {
            text = text.dropFirst()
        }
        while let last = text.last, last == " " || last == "\t" || last == "\r" { text = text.dropLast() }
        return String(text)
    }
}
