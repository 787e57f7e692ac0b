/// Text that may be shown: what formats lay out, and all they are given.
///
/// There are three ways to get one: a literal in our own source, ``cleaning(_:limit:)``, and putting those together.
/// It is always a single line, so where a line begins is the format's decision and never the input's.
package struct SafeText: Hashable, Sendable {
    package let text: String

    /// The text with everything that could mislead a reader or a program made visible, cut where it is too long.
    package static func cleaning(_ input: String, limit: Int = 400) -> SafeText {
        SafeText(checked: TextCleaning.clean(input, limit: limit))
    }

    /// A word of our own vocabulary, such as a status.
    package static func word(_ word: some RawRepresentable<String>) -> SafeText {
        SafeText(checked: word.rawValue)
    }

    package static let empty: SafeText = ""

    package var isEmpty: Bool { text.isEmpty }

    fileprivate init(checked: String) { text = checked }
}

extension SafeText: CustomStringConvertible {
    package var description: String { text }
}

extension SafeText: Comparable {
    package static func < (left: SafeText, right: SafeText) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

extension SafeText: ExpressibleByStringInterpolation {
    /// Accepts cleaned text, numbers and words of our own, and nothing else: a `String` does not compile.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ value: SafeText) { text += value.text }

        package mutating func appendInterpolation(_ value: Int) { text += String(value) }

        /// A count with its noun, `1 layer`, `3 layers`.
        package mutating func appendInterpolation(_ count: Int, _ noun: SafeText, plural: SafeText? = nil) {
            text += SafeText.grouped(count).text + " "
            text += count == 1 ? noun.text : plural?.text ?? noun.text + "s"
        }
    }

    package init(stringLiteral value: String) { text = value }

    package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }
}

extension SafeText {
    /// A whole number with a comma between thousands, in every locale.
    package static func grouped(_ number: Int) -> SafeText {
        let digits = String(number.magnitude)
        var result = number < 0 ? "-" : ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { result += "," }
            result.append(digit)
        }
        return SafeText(checked: result)
    }

    /// A number of bytes in the unit that leaves one to three digits before the point.
    package static func bytes(_ count: Int) -> SafeText {
        guard count >= 1000 else { return "\(count) B" }
        var tenths = count / 100
        var unit = "kB"
        for next in ["MB", "GB", "TB"] where tenths >= 10_000 {
            tenths /= 1000
            unit = next
        }
        return SafeText(checked: "\(tenths / 10).\(tenths % 10) \(unit)")
    }

    /// Cleaned texts with a separator of ours between them.
    package static func joined(_ parts: [SafeText], by separator: SafeText) -> SafeText {
        SafeText(checked: parts.map(\.text).joined(separator: separator.text))
    }

    /// Shortened to `limit` characters, saying so with an ellipsis.
    package func shortened(to limit: Int) -> SafeText {
        guard text.unicodeScalars.count > limit else { return self }
        let kept = String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1)))
        return SafeText(checked: kept + "…")
    }

    /// At most so many characters: the end, which of a path tells more than the beginning.
    package func shortenedToEnd(of limit: Int) -> SafeText {
        guard text.unicodeScalars.count > limit else { return self }
        return SafeText(
            checked: "…" + String(String.UnicodeScalarView(text.unicodeScalars.suffix(limit - 1))))
    }
}
