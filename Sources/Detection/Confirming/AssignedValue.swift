internal import Model

/// What may stand for a secret on the right of an assignment, and what cannot be one: references, expressions,
/// placeholders, paths, addresses, well-known samples.
enum AssignedValue {
    /// Whether `text` is a value of its own.
    static func isLiteral(_ text: Span<UInt8>) -> Bool {
        let bytes = text.indices.map { PlainText.lowered(text[$0]) }
        guard let first = bytes.first, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
        if isReference(bytes, first: first, in: text) || isMonotonous(bytes) { return false }
        if isLocation(bytes), !isBase64(text) { return false }
        // However long the rest: as vendors mark the keys that their documentation shows.
        if contains(text.indices.map { text[$0] }, anyOf: [Array("EXAMPLE".utf8)]) { return false }
        return !PlaceholderWords.fill(text)
    }

    // MARK: References and expressions

    private static let brackets: Set<UInt8> = Set("<{[(*,;`".utf8)
    /// What is as long and begins with a bracket is a generated key with signs in it, as Django's are, or code.
    private static let longest = 40
    private static let signs: Set<UInt8> = Set("!@#$%^&*(-_=+)".utf8)

    private static func isOfKeys(_ byte: UInt8) -> Bool { PlainText.isWord(byte) || signs.contains(byte) }
    private static let sigils: Set<UInt8> = Set("$%@&".utf8)
    /// As batch files, build tools and monitors mark a name on both sides: `%NAME%`, `!NAME!`, `@name@`, `$name$`.
    private static let frames: Set<UInt8> = Set("%!@$".utf8)

    /// `$NAME`, `${NAME}`, `%(name)s`, `<name>`, `name()`, `Class::NAME`.
    private static func isReference(_ bytes: [UInt8], first: UInt8, in text: Span<UInt8>) -> Bool {
        if isOfAllSigns(text) { return false }
        if brackets.contains(first), bytes.count < longest || !bytes.allSatisfy(isOfKeys),
            !isGenerated(text)
        {
            return true
        }
        if sigils.contains(first), bytes.dropFirst().allSatisfy(PlainText.isWord), !isMixed(text) {
            return true
        }
        if first == bytes.last, frames.contains(first),
            bytes.dropFirst().dropLast().allSatisfy({ PlainText.isWord($0) || $0 == UInt8(ascii: ".") })
        {
            return true
        }
        return isNumber(bytes) || isRow(bytes) || isQuotedCode(bytes) || isFormat(bytes)
            || contains(bytes, anyOf: expressions)
    }

    /// `ed!hb)la^cqd&&mca(eza@tm%s7`: as long, as full of signs and as far from words as generators make it and no code is.
    private static func isOfAllSigns(_ text: Span<UInt8>) -> Bool {
        guard text.count >= shortestOfSigns else { return false }
        let signs = Set(text.indices.map { text[$0] }.filter { !PlainText.isWord($0) })
        // Which comments, paths and tags have, and generators leave out.
        guard signs.count >= 3, !signs.contains(UInt8(ascii: "/")),
            text.indices.contains(where: { PlainText.isDigit(text[$0]) })
        else {
            return false
        }
        let letters = Surprise.ofLetters(in: text)
        return letters.count >= 5 && letters.bits >= PlaceholderWords.generated
    }

    private static let shortestOfSigns = 16

    /// `<GT&d7FguoV8FW(n=FbB`: what begins with a bracket that nothing closes, and is no row of words.
    private static func isGenerated(_ text: Span<UInt8>) -> Bool {
        let bytes = text.indices.map { text[$0] }
        guard bytes.count >= shortestGenerated, bytes.contains(where: PlainText.isUpper),
            bytes.contains(where: PlainText.isLower), bytes.contains(where: PlainText.isDigit),
            closings[bytes[0]] != nil || bytes.allSatisfy(isOfKeys),
            !bytes.dropFirst().contains(closings[bytes[0]] ?? bytes[0])
        else { return false }
        return Surprise.bits(of: text) >= PlaceholderWords.generated
    }

    /// `$k7Qz2mXv9Lw`, `@R4tp9XkQz2m`: what follows the sign is as random as no name is.
    private static func isMixed(_ text: Span<UInt8>) -> Bool {
        let name = text.extracting(1...)
        let bytes = name.indices.map { name[$0] }
        return bytes.count >= shortestGenerated && bytes.contains(where: PlainText.isUpper)
            && bytes.contains(where: PlainText.isLower) && bytes.contains(where: PlainText.isDigit)
            && Surprise.bits(of: name) >= PlaceholderWords.generated
    }

    private static let shortestGenerated = 10
    private static let closings = Dictionary(uniqueKeysWithValues: zip("<{[(".utf8, ">}])".utf8))

    /// `0x102A`.
    private static func isNumber(_ bytes: [UInt8]) -> Bool {
        bytes.count <= 10 && bytes.starts(with: "0x".utf8) && bytes.dropFirst(2).allSatisfy(Hex.isHex)
    }

    /// `$name:$group`: what a line consists of.
    private static func isRow(_ bytes: [UInt8]) -> Bool {
        guard bytes[0] == UInt8(ascii: "$"), let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
            return false
        }
        return bytes[1..<colon].allSatisfy { PlainText.isLower($0) || $0 == UInt8(ascii: "_") }
            && bytes[colon...].dropFirst().first == UInt8(ascii: "$")
    }

    /// `'.$name.'`, `+f(x)+`, `)}),name:`: what stands between two texts.
    private static func isQuotedCode(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 4 else { return false }
        let (first, second, last) = (bytes[0], bytes[1], bytes[bytes.count - 1])
        if first == last, first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
            return second == UInt8(ascii: ".") && bytes[bytes.count - 2] == UInt8(ascii: ".")
        }
        if first == UInt8(ascii: "+"), bytes.contains(UInt8(ascii: ")")) || bytes.contains(UInt8(ascii: "]"))
        {
            return last == first || contains(bytes, anyOf: statements)
        }
        return closings.values.contains(first)
            && (closings.values.contains(second) || contains(bytes, anyOf: statements))
            && (last == UInt8(ascii: ":") || last == UInt8(ascii: "=") || last == UInt8(ascii: ","))
    }

    /// How calls end.
    private static let statements = [");", "),", "})"].map { Array($0.utf8) }

    /// `%s-suffix`, `id-%d`: where a letter or a digit follows, the sign is one of a password's.
    private static func isFormat(_ bytes: [UInt8]) -> Bool {
        bytes.indices.dropLast().contains { index in
            guard bytes[index] == UInt8(ascii: "%"), formats.contains(bytes[index + 1]) else { return false }
            return index + 2 == bytes.count || !isLetterOrDigit(bytes[index + 2])
        }
    }

    private static let formats: Set<UInt8> = Set("sd".utf8)

    private static let expressions = [
        "${", "$(", "($", "$[", "{{", "}}", "<%", "%>", "%(", "#{", "@{", "{0", "()", "::", "->", "=>", "&&",
        "||",
        "\\u", "\\x", "\\n", "\\s", "\\d", "\\w", "[^", "(?:", "(?=", "(?!", "</", "/>", "&amp;", "&lt;",
        "&#", "arn:", "urn:",
    ].map { Array($0.utf8) }

    // MARK: Paths and addresses

    private static func isLocation(_ bytes: [UInt8]) -> Bool {
        if contains(bytes, anyOf: schemes) || isOpaqueAddress(bytes) { return true }
        if bytes[0] == UInt8(ascii: "/") || bytes.starts(with: "./".utf8) || bytes.starts(with: "../".utf8)
            || bytes.starts(with: "~/".utf8)
        {
            return true
        }
        return isMailAddress(bytes)
            || endings.contains { bytes.count > $0.count && bytes.reversed().starts(with: $0) }
    }

    /// `/uv6qnbCvmpfJp90L3remanpGkOBYLyj`: one in 64 texts in base64 begins as paths do, and folders have names.
    private static func isBase64(_ text: Span<UInt8>) -> Bool {
        let bytes = text.indices.map { text[$0] }
        let parts = bytes.split(separator: UInt8(ascii: "/"))
        guard bytes[0] == UInt8(ascii: "/"), bytes.dropFirst().first != UInt8(ascii: "/"),
            bytes.allSatisfy(isOfBase64), let longest = parts.max(by: { $0.count < $1.count }),
            longest.count >= shortestPart, parts.count <= 2 + bytes.count / 32,
            longest.contains(where: PlainText.isUpper), longest.contains(where: PlainText.isLower),
            longest.contains(where: PlainText.isDigit)
        else { return false }
        return Surprise.bits(of: Array(longest).span) >= PlaceholderWords.generated
    }

    private static func isOfBase64(_ byte: UInt8) -> Bool {
        PlainText.isUpper(byte) || PlainText.isLower(byte) || PlainText.isDigit(byte)
            || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
    }

    /// Shorter than this a part of a path is a name as well.
    private static let shortestPart = 12

    /// Of the names of files, which are given where a password is read from one.
    private static let endings = [
        ".cer", ".cfg", ".conf", ".crt", ".csr", ".der", ".ini", ".jks", ".json", ".key", ".log", ".p12",
        ".pem", ".pfx", ".sql", ".txt", ".xml", ".yaml", ".yml",
    ].map { Array($0.utf8.reversed()) }

    private static let schemes = ["://", ":\\", "www."].map { Array($0.utf8) }

    /// `pkcs11:id=7371`, `awskms:key-id=…`: where a key is, unless it says how to open that.
    private static func isOpaqueAddress(_ bytes: [UInt8]) -> Bool {
        guard PlainText.isLower(bytes[0]), let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let equals = bytes[colon...].firstIndex(of: UInt8(ascii: "=")), equals > colon + 1
        else { return false }
        let isScheme = bytes[..<colon].allSatisfy { PlainText.isLower($0) || PlainText.isDigit($0) }
        let isName = bytes[(colon + 1)..<equals].allSatisfy {
            PlainText.isLower($0) || $0 == UInt8(ascii: "-")
        }
        return isScheme && isName && !contains(bytes, anyOf: [Array("pin-value".utf8)])
    }

    private static func isMailAddress(_ bytes: [UInt8]) -> Bool {
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0 else { return false }
        let host = bytes[(at + 1)...]
        return host.contains(UInt8(ascii: "."))
            && host.allSatisfy { PlainText.isWord($0) || $0 == UInt8(ascii: ".") }
            && host.last != UInt8(ascii: ".")
    }

    // MARK: Placeholders

    /// From this length on a value is no placeholder for a few of its letters.
    private static let shortestToken = 64

    /// `xxxxx`, `-----`, `123456`, `abcdef`, `abababab`; in long tokens such runs stand by chance or by their form.
    private static func isMonotonous(_ bytes: [UInt8]) -> Bool {
        let kinds = Set(bytes).count
        // Hands that lie on a keyboard have few letters, however long they type.
        if kinds < 5 || kinds < 9 && bytes.count >= 20 && bytes.allSatisfy(PlainText.isLower) { return true }
        guard bytes.count < shortestToken else { return false }
        var same = 1
        var rising = 1
        for index in 1..<bytes.count {
            same = bytes[index] == bytes[index - 1] ? same + 1 : 1
            rising = bytes[index] == bytes[index - 1] &+ 1 ? rising + 1 : 1
            if same >= 5 || rising >= 6 { return true }
        }
        return false
    }

    // MARK: Bytes

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        PlainText.isWord(byte) && byte != UInt8(ascii: "_") && byte != UInt8(ascii: "-")
    }

    private static func contains(_ bytes: [UInt8], anyOf words: [[UInt8]]) -> Bool {
        bytes.indices.contains { start in
            words.contains { bytes[start] == $0[0] && bytes[start...].starts(with: $0) }
        }
    }
}
