/// How a text must look that is more than prose.
struct TextForm: Sendable {
    /// In words, behind "must be".
    let summary: String
    /// The same as a regular expression, for schemas.
    let pattern: String
    let accepts: @Sendable (String) -> Bool

    /// `secrets.recoverable-after-deletion`: what we name ourselves.
    static let dottedName = TextForm(
        summary: "lower-case letters and digits, in parts joined by dots or dashes",
        pattern: "^[a-z0-9]+([.-][a-z0-9]+)*$",
        accepts: { text in
            text.utf8.split(omittingEmptySubsequences: false) { $0 == 0x2e || $0 == 0x2d }.allSatisfy {
                part in
                !part.isEmpty && part.allSatisfy { isDigit($0) || (0x61...0x7a).contains($0) }
            }
        })

    /// `NHI2:2025`, `PR.DS-01`, `MA-3(6)`: what publishers name.
    static let publishedName = TextForm(
        summary: "letters and digits, between them . - _ : ( )", pattern: "^[A-Za-z0-9][A-Za-z0-9.:()_-]*$",
        accepts: { isPublished($0, allowing: ".:()_-") })

    /// The same with blanks, as people write them: `Tenet 3`.
    static let alias = TextForm(
        summary: "letters and digits, between them . - _ : ( ) and blanks",
        pattern: "^[A-Za-z0-9]([A-Za-z0-9.:()_ -]*[A-Za-z0-9.:()_-])?$",
        accepts: { isPublished($0, allowing: ".:()_- ") && !$0.hasSuffix(" ") })

    /// An address that reports can link to.
    static let link = TextForm(
        summary: "an address that begins with https:// or http://", pattern: "^https?://[!-~]+$",
        accepts: { text in
            let start = ["https://", "http://"].first { text.hasPrefix($0) }
            guard let start, text.utf8.count > start.utf8.count else { return false }
            return text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
        })

    /// What an authority calls itself, in any script.
    static let anchorName = TextForm(
        summary: "1 to 200 characters", pattern: "^.{1,200}$", accepts: { (1...200).contains($0.count) })

    /// A SHA-256 as tools print it: `96bcec06…` or `96:BC:EC:06:…`.
    static let sha256 = TextForm(
        summary: "64 hexadecimal digits, a colon after each pair or none",
        pattern: "^[0-9A-Fa-f]{64}$|^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31}$",
        accepts: { text in
            let pairs = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            let isPaired = pairs.count == 1 || pairs.count == 32 && pairs.allSatisfy { $0.count == 2 }
            let digits = pairs.joined()
            return isPaired && digits.count == 64
                && digits.allSatisfy {
                    isDigit($0) || (0x61...0x66).contains($0) || (0x41...0x46).contains($0)
                }
        })

    /// What may be shown of a token.
    static let publicPrefix = TextForm(
        summary: "1 to 64 printable ASCII characters", pattern: "^[ -~]{1,64}$",
        accepts: { (1...64).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x20...0x7e).contains($0) } })

    /// The id of a finding or item, as evidence has it.
    static let findingID = TextForm(
        summary: "the id of a finding, such as 6f1c2f0e-8a55-5c0e-9b1d-0f6f0f1e2d3c",
        pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        accepts: { text in
            let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(isHexDigit) }
        })

    /// A keyed fingerprint, or a SHA-256.
    static let fingerprint = TextForm(
        summary: "64 lower-case hex digits", pattern: "^[0-9a-f]{64}$",
        accepts: { $0.utf8.count == 64 && $0.utf8.allSatisfy(isHexDigit) })

    private static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte) }

    private static func isPublished(_ text: String, allowing marks: String) -> Bool {
        let isName = { (byte: UInt8) in
            isDigit(byte) || (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte)
        }
        return (text.utf8.first.map(isName) ?? false)
            && text.utf8.allSatisfy { isName($0) || marks.utf8.contains($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
