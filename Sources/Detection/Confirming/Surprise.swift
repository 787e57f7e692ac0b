/// How much a text surprises somebody who expects words and names made of words: in bits a character.
///
/// Words and identifiers come to 3 to 4.4 bits, random letters to 5 and more. Shannon's entropy cannot tell the two
/// apart in texts as short as passwords.
enum Surprise {
    /// What words come to at most, in bits a character; identifiers may come to more.
    static let words = 3.9

    static func bits(of text: Span<UInt8>) -> Double {
        guard !text.isEmpty else { return 0 }
        var total = Cost.first
        for index in 1..<text.count { total += cost(of: text[index], after: text[index - 1]) }
        let mean = total / Double(text.count)
        if isDigest(text) || isUUID(text) || isMarkedDigest(text) { return mean + Cost.hexadecimal }
        return text.indices.contains { !isLetter(text[$0]) } ? mean : mean - Cost.lettersAlone
    }

    /// What letters come to that stand behind letters, in bits each, and how many there are: signs between them, which code
    /// is full of as well, do not count.
    static func ofLetters(in text: Span<UInt8>) -> (bits: Double, count: Int) {
        var (total, count) = (0.0, 0)
        for index in text.indices.dropFirst() where isLetter(text[index]) && isLetter(text[index - 1]) {
            total += cost(of: text[index], after: text[index - 1])
            count += 1
        }
        return (count == 0 ? 0 : total / Double(count), count)
    }

    /// In bits, estimated from the identifiers and the prose of a Linux distribution, but for the letters by hand.
    private enum Cost {
        static let first = 4.0
        static let obvious = 1.0
        static let digit = 3.3
        static let digitAfterLetter = 4.5
        /// `getToken`.
        static let hump = 5.0
        static let separator = 3.5
        static let afterSeparator = 4.2
        static let letterAfterOther = 6.0
        static let symbol = 6.5
        /// Off a mean: what has letters alone is a word until it clearly is none.
        static let lettersAlone = 0.7
        /// Onto the mean of hexadecimal digits, which have 4 bits by nature and are no word from this length on.
        static let hexadecimal = 1.4
        static let shortestDigest = 20
        /// Behind a mark, where what is shorter numbers something.
        static let shortestMarked = 24
    }

    private enum Class { case lower, upper, digit, separator, symbol }

    private static func cost(of byte: UInt8, after previous: UInt8) -> Double {
        if byte == previous { return Cost.obvious }
        let before = Self.class(of: previous)
        switch Self.class(of: byte) {
        case .lower where before == .lower || before == .upper, .upper where before == .upper:
            return letters[Int(previous | 0x20) - 0x61][Int(byte | 0x20) - 0x61]
        case .upper where before == .lower: return Cost.hump
        case .lower, .upper: return before == .separator ? Cost.afterSeparator : Cost.letterAfterOther
        case .digit where before == .digit:
            return byte == previous &+ 1 || byte == previous &- 1 ? Cost.obvious : Cost.digit
        case .digit: return before == .lower || before == .upper ? Cost.digitAfterLetter : Cost.digit
        case .separator: return Cost.separator
        case .symbol: return Cost.symbol
        }
    }

    private static func isDigest(_ text: Span<UInt8>) -> Bool {
        text.count >= Cost.shortestDigest && text.indices.allSatisfy { isHexadecimal(text[$0]) }
    }

    /// `key_312f12fa…`, `waka_` and a UUID: digits that an issuer put its mark before.
    private static func isMarkedDigest(_ text: Span<UInt8>) -> Bool {
        let start = text.indices.last { !isHexadecimal(text[$0]) } ?? 0
        if text.count > 37, isUUID(text.extracting((text.count - 36)...)) {
            return Self.class(of: text[text.count - 37]) == .separator
        }
        guard start > 0, Self.class(of: text[start]) == .separator else { return false }
        let tail = text.extracting((start + 1)...)
        let letters = tail.indices.count { isLetter(tail[$0]) }
        return tail.count >= Cost.shortestMarked && letters > 3 && tail.count - letters > 5
    }

    private static func isUUID(_ text: Span<UInt8>) -> Bool {
        text.count == 36
            && text.indices.allSatisfy { index in
                [8, 13, 18, 23].contains(index)
                    ? text[index] == UInt8(ascii: "-") : isHexadecimal(text[index])
            }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let kind = Self.class(of: byte)
        return kind == .lower || kind == .upper
    }

    private static func `class`(of byte: UInt8) -> Class {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): .lower
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): .upper
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: " "):
            .separator
        default: .symbol
        }
    }

    /// What the second letter costs after the first.
    private static let letters = halfBits.map { row in
        row.utf8.map { Double($0 < 0x61 ? $0 - 0x30 : $0 - 0x61 + 10) / 2 }
    }

    /// A row for each first letter, a digit in base 36 for each second, in half bits.
    private static let halfBits = [
        "f989feagajc686j9k685bceech",
        "6cbc6edf7be5cd7ck88c7ehgag",
        "6fbd7eg69i88cf5di9b7aehidk",
        "7bc94cdf5fgadc8cg98c9efhdk",
        "9d87bacgdjf9a6ebe568gcd9di",
        "8ecb77eh4ki8dc6ci8998hfhck",
        "8fcd4eb97kk9b88dk68b9fgifc",
        "4ffd4gfg6jfbbc6ek9b9ahghbk",
        "aa899b9kijf8947bia77hakdkb",
        "5gbb5cgg8dadcc5agd8f6fckgk",
        "7ecc3dab6fe9da9chc7aafbidi",
        "6fda4dei5jf7fe6dkf9aaeii9i",
        "49dc4egi7kfbae76if9dadhidk",
        "7f877a6f8hcdfb9dif75bcgjeh",
        "cb89ecbhchc885a8k6898bafgi",
        "6fcd5efa8kd7ee79i6a8agfjbk",
        "cfccddfhdhj9ccghgb8c1bgkik",
        "6eaa4ebh6kdbab7cka88begkbk",
        "9g9e5de87kcadd99fd748feibi",
        "7ebd5dg85khbce8ck68abgegag",
        "a89b9abi9kf785d8k776iijfig",
        "5ecf2deg6kkdce8dkdccfgcggk",
        "5d9b6dd85keac87cj88cegfhhk",
        "9d7b6aid7kjbadb6gd94efgaci",
        "8cac8cbf9ig887a4ka78cecfed",
        "6cde2cfc6jibcf9ckdccdfekbb",
    ]
}
