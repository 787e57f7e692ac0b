internal import Cryptography
internal import Model

/// What everybody sets who only tries something (`admin123`, `tiger1`), words of prose, and the digests of such words.
///
/// Where only a name says that it is a password; in a file that exists to hold passwords it opens something.
enum EverydayWords {
    static func hold(_ text: Span<UInt8>) -> Bool {
        let bytes = text.indices.map { text[$0] }
        return isWord(bytes.map(PlainText.lowered)) || isLabel(bytes) || isDigest(bytes)
    }

    /// A word, and up to four digits.
    private static func isWord(_ bytes: [UInt8]) -> Bool {
        let word = bytes.prefix { !PlainText.isDigit($0) }
        return bytes.count - word.count <= 4 && bytes[word.count...].allSatisfy(PlainText.isDigit)
            && words.contains(Array(word))
    }

    private static let words = Set(
        [
            "abcd", "admin", "administrator", "bar", "baz", "demo", "foo", "guest", "login",
            "mongo", "mysql", "oracle", "postgres", "rabbitmq", "redis", "scott", "tiger", "user",
            "username", "value", "vagrant", "word",
        ].map { Array($0.utf8) })

    /// A word of prose, as translations have one behind the name of a field: `Passwort:`, `Pasahitza.`.
    private static func isLabel(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, PlainText.isUpper(first), let last = bytes.last else { return false }
        let rest = bytes.dropFirst().dropLast(marks.contains(last) ? 1 : 0)
        return rest.allSatisfy { PlainText.isLower($0) || $0 == UInt8(ascii: "-") }
    }

    private static let marks: Set<UInt8> = Set(".:!?".utf8)

    // MARK: Digests

    /// In hexadecimal; one with a salt is that of no word alone.
    private static func isDigest(_ bytes: [UInt8]) -> Bool {
        [32, 40, 64].contains(bytes.count) && digests.contains(bytes.map(PlainText.lowered))
    }

    private static let digests: Set<[UInt8]> = {
        let ends = ["", "1", "12", "123", "1234", "!"].map { Array($0.utf8) }
        let texts = digested.flatMap { word in ends.map { Array(word.utf8) + $0 } }
        let digests = texts.map { ContentDigests(of: $0.span) }
        return Set(digests.flatMap { [$0.md5, $0.sha1, $0.sha256] }.map { Array(Hex.string($0).utf8) })
    }()

    private static let digested = [
        "", "abc", "admin", "changeme", "demo", "foo", "foobar", "guest", "hello", "letmein", "pass",
        "passw0rd", "password", "Password", "qwerty", "root", "secret", "test", "user", "welcome", "123456",
    ]
}
