/// What a scalar without quotes means: by YAML 1.2's core schema, and by YAML 1.1 where that says something else.
///
/// Many libraries still read 1.1, and so do people's eyes; a value that means two things is refused where it matters.
package struct PlainScalar: Hashable, Sendable {
    /// A value of the core schema.
    package enum Value: Hashable, Sendable {
        case null
        case boolean(Bool)
        case integer(Int)
        /// A number that is no integer, or is too large for one.
        case decimal(Double)
        case string
    }

    package let text: String

    package init(_ text: String) { self.text = text }

    /// The value by the core schema of YAML 1.2.
    package var value: Value {
        guard mayBeSpecial(wordsUpTo: 5) else { return .string }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        case ".nan", ".NaN", ".NAN": return .decimal(.nan)
        default: if beginsLikeWord { return .string }
        }
        let (sign, magnitude) = Self.parts(text)
        if [".inf", ".Inf", ".INF"].contains(magnitude) {
            return .decimal(sign == "-" ? -Double.infinity : .infinity)
        }
        if text.hasPrefix("0x"), let number = Self.whole(text.dropFirst(2), radix: 16) { return number }
        if text.hasPrefix("0o"), let number = Self.whole(text.dropFirst(2), radix: 8) { return number }
        if let number = Self.whole(magnitude, radix: 10, isNegative: sign == "-") { return number }
        if Self.isDecimal(magnitude), let number = Double(text) { return .decimal(number) }
        return .string
    }

    /// What YAML 1.1 makes of it, in words; nil where both versions agree.
    package var legacyMeaning: String? {
        guard mayBeSpecial(wordsUpTo: 3) else { return nil }
        if Self.legacyBooleans.contains(text.lowercased()), text.count == 1 || Self.isWordCase(text) {
            return "a boolean"
        }
        let (_, magnitude) = Self.parts(text)
        let digits = magnitude.filter { $0 != "_" }
        if value == .string, Self.isTimestamp(text) { return "a timestamp" }
        if text.hasPrefix("0o") { return value == .string ? nil : "text" }
        if magnitude.hasPrefix("0b"), digits.count > 2, digits.dropFirst(2).allSatisfy({ "01".contains($0) })
        {
            return "a binary number"
        }
        if magnitude.contains(":"), Self.isSexagesimal(digits) { return "a number in base 60" }
        guard let first = magnitude.first, first.isASCII, first.isNumber || first == "." else { return nil }
        if digits.count > 1, digits.hasPrefix("0"), digits.allSatisfy({ "01234567".contains($0) }) {
            return "an octal number"
        }
        guard magnitude.contains("_") || (value == .string && text != magnitude) else { return nil }
        return PlainScalar(String(digits)).value == .string ? nil : "a number"
    }

    /// What it is, in words: `text`, `a number`.
    var summary: String {
        switch value {
        case .null: "nothing"
        case .boolean: "a boolean"
        case .integer, .decimal: "a number"
        case .string: "text"
        }
    }

    /// Whether it may be anything but text: most scalars are not, and this is asked of all of them.
    private func mayBeSpecial(wordsUpTo length: Int) -> Bool {
        guard let first = text.utf8.first else { return true }
        if beginsLikeWord { return Self.mayBegin(first) && text.utf8.count <= length }
        return (0x30...0x39).contains(first) || "+-._~".utf8.contains(first)
    }

    /// Whether it begins with an ASCII letter, as no number does.
    private var beginsLikeWord: Bool {
        text.utf8.first.map { (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) } ?? false
    }

    /// Whether null, true, false or what YAML 1.1 takes for them may begin with this letter.
    private static func mayBegin(_ letter: UInt8) -> Bool {
        switch letter | 0x20 {
        case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "y"), UInt8(ascii: "o"):
            true
        default: false
        }
    }

    private static let legacyBooleans: Set<String> = ["y", "n", "yes", "no", "on", "off"]

    /// Whether it is written `yes`, `Yes` or `YES`, the three that YAML 1.1 knows.
    private static func isWordCase(_ text: String) -> Bool {
        text == text.lowercased() || text == text.uppercased()
            || text.dropFirst() == text.dropFirst().lowercased()
    }

    private static func parts(_ text: String) -> (sign: Character?, magnitude: Substring) {
        guard let first = text.first, first == "-" || first == "+" else { return (nil, text[...]) }
        return (first, text.dropFirst())
    }

    private static func whole(_ digits: Substring, radix: Int, isNegative: Bool = false) -> Value? {
        guard let first = digits.first, first != "-", first != "+" else { return nil }
        let isWhole = digits.unicodeScalars.allSatisfy {
            $0.isASCII && Character($0).hexDigitValue.map { $0 < radix } ?? false
        }
        guard isWhole else { return nil }
        if let number = Int((isNegative ? "-" : "") + digits, radix: radix) { return .integer(number) }
        return .decimal((isNegative ? -1 : 1) * (Double(digits) ?? .infinity))
    }

    /// Whether it fits `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
    private static func isDecimal(_ text: Substring) -> Bool {
        var rest = text.utf8
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        let whole = rest.prefix(while: isDigit).count
        rest = rest.dropFirst(whole)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(fraction)
        }
        guard whole + fraction > 0 else { return false }
        guard let mark = rest.first else { return true }
        guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return false }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    private static func isSexagesimal(_ text: String) -> Bool {
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let first = groups.first, !first.isEmpty, first.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return false }
        return groups.dropFirst().allSatisfy { group in
            let whole = group.split(separator: ".", maxSplits: 1).first ?? group
            return (1...2).contains(whole.count) && (Int(whole).map { (0..<60).contains($0) } ?? false)
        }
    }

    /// Whether it begins as a date of YAML 1.1: `2025-01-31`, alone or with a time behind it.
    private static func isTimestamp(_ text: String) -> Bool {
        let head = text.prefix { $0 != "T" && $0 != "t" && $0 != " " && $0 != "\t" }
        let groups = head.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.count == 3, groups[0].count == 4,
            groups.dropFirst().allSatisfy({ (1...2).contains($0.count) })
        else { return false }
        guard groups.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return false }
        let time = text.dropFirst(head.count + 1)
        return head.count == text.count
            || time.first.map { $0.isASCII && $0.isNumber } ?? false && time.contains(":")
    }
}
