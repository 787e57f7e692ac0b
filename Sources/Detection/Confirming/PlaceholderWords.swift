internal import Model

/// Words that stand where a secret will, or that say what it is: `changeme`, `your-token`, `p4ssw0rd1`.
enum PlaceholderWords {
    /// Whether `text` is made of such words, and has too little beside them to be a secret.
    static func fill(_ text: Span<UInt8>) -> Bool {
        let bytes = text.indices.map { text[$0] }
        // Read as they are and as look-alikes have them: `p4ssw0rd`.
        let readings = [bytes.map(PlainText.lowered), bytes.map { unmasked(PlainText.lowered($0)) }]
        if readings.contains(where: { isHeld(instructions, in: $0) }) { return true }
        guard readings.contains(where: { isHeld(names, in: $0) }) else { return false }
        return !isPassword(rest(of: bytes, readings), in: bytes)
    }

    /// What tells somebody to put something else there.
    private static let instructions = words(
        "abc123", "change", "censored", "deadbeef", "default", "dummy", "encrypted", "example", "fake",
        "fixme", "foobar", "hidden", "hunter2", "insert", "invalid", "letmein", "lorem", "masked",
        "placeholder", "redacted", "removed", "replace", "sample", "todo", "undefined", "unknown", "wrong",
        "badpass", "bad_pass", "bad-pass", "incorrect", "xxxx", "your", "...", "***", "___")

    /// What names a secret: people have these in their passwords as well.
    private static let names = words(
        "adgangskode", "asdf", "contrase", "ecret", "ekret", "haslo", "heslo", "kennwort", "klucz",
        "pass", "pwd", "qwer", "salasana", "senha", "test", "token", "wachtwoord")

    /// What stands beside those names in names of variables and in passwords that nobody means.
    private static let fillers = words(
        "password", "passphrase", "passwort", "passwd", "passw", "sswd", "secret", "qwerty", "asdfgh",
        "admin",
        "confirm", "field", "login", "reset", "super", "value", "user", "root", "name", "word", "1234", "123",
        "key", "my", "new", "old", "the", "api", "app", "db", "id")

    private static func words(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }

    /// Short words stand in long random texts by chance: a word counts in what has up to eight times its length.
    private static func isHeld(_ words: [[UInt8]], in text: [UInt8]) -> Bool {
        words.contains { $0.count * 8 >= text.count && !starts(of: $0, in: text).isEmpty }
    }

    private static func starts(of word: [UInt8], in text: [UInt8]) -> [Int] {
        text.indices.filter { text[$0] == word[0] && text[$0...].starts(with: word) }
    }

    /// What is left without names and fillers.
    private static func rest(of bytes: [UInt8], _ readings: [[UInt8]]) -> [UInt8] {
        var isWord = [Bool](repeating: false, count: bytes.count)
        for reading in readings {
            for word in names + fillers {
                for start in starts(of: word, in: reading) {
                    for index in start..<(start + word.count) { isWord[index] = true }
                }
            }
        }
        return bytes.indices.filter { !isWord[$0] }.map { bytes[$0] }
    }

    /// Whether the rest is as random as what a generator makes, or the whole is what rules for passwords ask for.
    private static func isPassword(_ rest: [UInt8], in whole: [UInt8]) -> Bool {
        if rest.count >= 8, Surprise.bits(of: rest.span) >= generated { return true }
        return rest.count >= 6 && rest.contains(where: PlainText.isDigit) && rest.contains(where: isLetter)
            && whole.contains(where: PlainText.isUpper) && whole.contains(where: PlainText.isLower)
            && whole.contains(where: signs.contains)
    }

    /// In bits a character: names and words come to less.
    static let generated = 5.0
    private static let signs: Set<UInt8> = Set("!#$%&*+=?@^~".utf8)

    private static func isLetter(_ byte: UInt8) -> Bool { PlainText.isUpper(byte) || PlainText.isLower(byte) }

    /// The letter that a look-alike stands for.
    private static func unmasked(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0"): UInt8(ascii: "o")
        case UInt8(ascii: "1"), UInt8(ascii: "!"): UInt8(ascii: "i")
        case UInt8(ascii: "3"): UInt8(ascii: "e")
        case UInt8(ascii: "4"), UInt8(ascii: "@"): UInt8(ascii: "a")
        case UInt8(ascii: "5"), UInt8(ascii: "$"): UInt8(ascii: "s")
        default: byte
        }
    }
}
