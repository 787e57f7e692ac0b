/// How reasons put numbers and lists.
enum Phrase {
    /// `1 finding`, `4 findings`, `2 file capabilities`.
    static func count(_ number: Int, _ noun: String) -> String {
        if number == 1 { return "1 \(noun)" }
        let isBehindVowel = noun.dropLast().last.map("aeiou".contains) ?? false
        return noun.hasSuffix("y") && !isBehindVowel
            ? "\(number) \(noun.dropLast())ies" : "\(number) \(noun)s"
    }

    /// `a`, `a and b`, `a, b and c`; `a, b, c and 4 more`.
    static func list(_ items: [String], limit: Int = .max) -> String {
        var items = items
        if items.count > limit { items = items.prefix(limit) + ["\(items.count - limit) more"] }
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    /// `812 bytes`, `4 kB`, `2.1 MB`, `212 MB`: decimal, one digit after the point below ten.
    static func bytes(_ count: Int) -> String {
        guard count >= 1000 else { return "\(count) bytes" }
        var tenths = count / 100
        for unit in ["kB", "MB", "GB"] {
            if tenths < 100 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
            if tenths < 10_000 || unit == "GB" { return "\(tenths / 10) \(unit)" }
            tenths /= 1000
        }
        return "\(count) bytes"
    }
}
