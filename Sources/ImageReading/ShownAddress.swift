/// References and addresses as they may be shown: people write passwords into them.
enum ShownAddress {
    /// `text` with … in the place of whatever stands before a host; a digest behind an @ is none.
    static func text(_ text: String) -> String {
        let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        guard let at = user(in: text[start...]) else { return text }
        // A misspelt file name may have an @ in it as well.
        guard start > text.startIndex || text[..<at].contains(":") else { return text }
        return text[..<start] + "…" + text[at...]
    }

    /// Where the @ stands that ends a user and a password.
    static func user(in rest: Substring) -> Substring.Index? {
        guard let at = rest.lastIndex(of: "@") else { return nil }
        let isDigest = ["sha256:", "sha512:"].contains { rest[at...].dropFirst().hasPrefix($0) }
        return isDigest ? rest[..<at].lastIndex(of: "@") : at
    }
}
