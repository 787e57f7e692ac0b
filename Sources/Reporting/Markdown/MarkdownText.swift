/// Text as GitHub and GitLab show it unchanged, wherever in a line or table cell it stands.
///
/// Both look for mentions, issue numbers and addresses in the rendered page, so escaping a character does not keep
/// them from becoming links; inside a code span nothing becomes anything. Text without such signs is escaped, all
/// other goes into a code span.
enum MarkdownText {
    static func inline(_ text: SafeText) -> String {
        needsCode(text.text) ? code(text) : escaped(text.text)
    }

    /// A code span that no run of backticks inside can end, and no bar can split into table cells.
    static func code(_ text: SafeText) -> String {
        guard !text.isEmpty else { return "" }
        let inside = withoutBars(text.text)
        let fence = String(repeating: "`", count: longestRun(of: UInt8(ascii: "`"), in: inside) + 1)
        let isAmbiguous =
            inside.hasPrefix("`") || inside.hasSuffix("`")
            || (inside.hasPrefix(" ") && inside.hasSuffix(" "))
        return isAmbiguous ? "\(fence) \(inside) \(fence)" : fence + inside + fence
    }

    private static func needsCode(_ text: String) -> Bool {
        if text.utf8.contains(where: signs.contains) { return true }
        let lower = text.lowercased()
        if lower.utf8.contains(UInt8(ascii: ":")), lower.contains("://") || lower.contains("mailto:") {
            return true
        }
        if lower.utf8.contains(UInt8(ascii: ".")), lower.contains("www.") { return true }
        return holdsCommit(lower)
    }

    private static let signs = Set("@#!~%$&^\\`<".utf8)

    /// Whether seven hexadecimal digits or more stand between other characters, which is taken for a commit.
    private static func holdsCommit(_ lower: String) -> Bool {
        var length = 0
        var isHex = true
        for byte in lower.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): length += 1
            case UInt8(ascii: "g")...UInt8(ascii: "z"): (length, isHex) = (length + 1, false)
            default:
                if length >= 7, isHex { return true }
                (length, isHex) = (0, true)
            }
        }
        return length >= 7 && isHex
    }

    private static let special = Set("\\`*_{}[]<>()#+-.!~&|=:\"'$^@".unicodeScalars)

    private static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for (position, scalar) in text.unicodeScalars.enumerated() {
            let isListMark = position == 0 || !"-.+=:()'\"".unicodeScalars.contains(scalar)
            if special.contains(scalar), isListMark { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    /// In a table a bar is written `\|`, but not after a backslash, where readers disagree: there it becomes visible.
    private static func withoutBars(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "|")) else { return text }
        return text.replacing(signs: "\\|", with: "\\\\x7c").replacing(signs: "|", with: "\\|")
    }

    private static func longestRun(of sign: UInt8, in text: String) -> Int {
        var longest = 0
        var run = 0
        for next in text.utf8 {
            run = next == sign ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
