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
        let fence = String(repeating: "`", count: longestRun(of: "`", in: inside) + 1)
        let isAmbiguous =
            inside.hasPrefix("`") || inside.hasSuffix("`")
            || (inside.hasPrefix(" ") && inside.hasSuffix(" "))
        return isAmbiguous ? "\(fence) \(inside) \(fence)" : fence + inside + fence
    }

    private static func needsCode(_ text: String) -> Bool {
        if text.utf8.contains(where: { "@#!~%$&^\\`<".utf8.contains($0) }) { return true }
        let lower = text.lowercased()
        if lower.utf8.contains(UInt8(ascii: ":")), lower.contains("://") || lower.contains("mailto:") {
            return true
        }
        if lower.utf8.contains(UInt8(ascii: ".")), lower.contains("www.") { return true }
        // A run of hexadecimal digits is taken for a commit, `GH-12` and `JIRA-12` for an issue.
        return lower.split { !$0.isLetter && !$0.isNumber }.contains { word in
            word.utf8.count >= 7
                && word.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        }
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
        return text.replacing("\\|", with: "\\\\x7c").replacing("|", with: "\\|")
    }

    private static func longestRun(of character: Character, in text: String) -> Int {
        // What else is the same character to Swift is beyond ASCII.
        guard text.utf8.contains(where: { $0 == character.asciiValue || $0 >= 0x80 }) else { return 0 }
        var longest = 0
        var run = 0
        for next in text {
            run = next == character ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
