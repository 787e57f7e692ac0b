/// Text of mails: lines that end in `=` go on, and `=3D` is such a sign.
///
/// The sign is in all code, so that only mails are looked at: to ask every file for it takes a twentieth of all time. What
/// follows it is taken for an escape only if it is what mail programs write: capital digits, and the end of a line that is
/// as long as theirs are.
struct QuotedPrintableText: EscapedText {
    let name = "quoted-printable"
    let marker = UInt8(ascii: "=")

    /// Lines have no more characters, and those that are broken seldom fewer.
    private static let lengths = 60...76

    func decode(_ bytes: Span<UInt8>, _ search: RunSearch, into text: inout DecodedText) {
        if search.isMail { decodeEscapes(of: bytes, search, into: &text) }
    }

    /// Whether a file that begins like this is a mail, a box of them or a card with an address.
    static func isMail(_ beginning: Span<UInt8>) -> Bool {
        var end = 0
        while end < min(beginning.count, longestField), isOfField(beginning[end]) { end += 1 }
        // Nearly every file ends here.
        guard end < beginning.count,
            beginning[end] == UInt8(ascii: ":") || end == 4 && beginning[end] == UInt8(ascii: " ")
        else { return false }
        let field = text(beginning.extracting(..<end))
        guard field.hasPrefix("x-") || firstFields.contains(field) else { return false }
        let head = beginning.extracting(first: headLength)
        let start = text(head)
        return ["mime-version:", "quoted-printable"].contains { start.contains($0) }
    }

    private static func isOfField(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte == UInt8(ascii: "-")
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self).lowercased()
    }

    /// How much of a file its first fields are looked for in.
    private static let headLength = 8 << 10
    private static let longestField = 40
    private static let firstFields: Set<String> = [
        "begin", "content-transfer-encoding", "content-type", "date", "delivered-to", "from", "message-id",
        "mime-version", "received", "reply-to", "return-path", "subject", "to",
    ]

    func escape(at place: Int, in bytes: Span<UInt8>) -> Escape? {
        guard place + 2 < bytes.count else { return nil }
        if let width = Self.lineBreak(at: place + 1, in: bytes) {
            // Nothing is what it stands for. A short line ends in a sign for other reasons, but for those of a mail.
            return Escape(
                width: 1 + width, character: nil, isTelling: Self.isLong(lineEndingAt: place, in: bytes))
        }
        guard Self.isDigit(bytes[place + 1]), Self.isDigit(bytes[place + 2]),
            let number = Escape.hexadecimal(2, at: place + 1, in: bytes), number < 0x80,
            PlainText.isPrintable(UInt8(number))
        else { return nil }
        // Other signs need no escape, and what looks like one is the value of something.
        return Escape(width: 3, character: number, isTelling: number == 0x3d)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    }

    private static func lineBreak(at place: Int, in bytes: Span<UInt8>) -> Int? {
        if bytes[place] == UInt8(ascii: "\n") { return 1 }
        return bytes[place] == UInt8(ascii: "\r") && bytes[place + 1] == UInt8(ascii: "\n") ? 2 : nil
    }

    private static func isLong(lineEndingAt end: Int, in bytes: Span<UInt8>) -> Bool {
        var start = end
        while start > 0, end - start < lengths.upperBound, bytes[start - 1] != UInt8(ascii: "\n") {
            start -= 1
        }
        return lengths.contains(end - start + 1) && (start == 0 || bytes[start - 1] == UInt8(ascii: "\n"))
            && end > 0 && bytes[end - 1] != UInt8(ascii: "=")
    }
}
