internal import Cryptography
internal import Glibc
internal import Model

/// What a token can prove of itself, without asking anybody.
enum SecretCheck {
    /// Bits a byte, as Shannon counts them.
    static func entropy(of secret: Span<UInt8>) -> Double {
        guard !secret.isEmpty else { return 0 }
        var counts = [Int](repeating: 0, count: 256)
        for index in secret.indices { counts[Int(secret[index])] += 1 }
        let total = Double(secret.count)
        return counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / total
            return sum - share * log2(share)
        }
    }

    /// Whether `secret` passes `checksum`.
    static func passes(_ checksum: DetectorRule.Checksum, _ secret: Span<UInt8>) -> Bool {
        switch checksum {
        case .githubCRC32: passesGitHubChecksum(secret)
        case .jsonWebToken: JSONWebToken(secret) != nil
        case .luhn: passesLuhn(secret)
        case .base58Check: Base58Check.decode(secret) != nil
        case .basicCredentials: isBasicCredentials(secret)
        // These were passed when there was something to decode.
        case .base64Text, .base64KeyStore: true
        }
    }

    /// Whether ten characters in a row each follow the one before, as in `abcdefghij`, or eight are an X: no issuer's
    /// generator does that.
    ///
    /// Nine may be the number in front of a token that was made up for a test, and what is short a password that a
    /// person chose: `0123456789`.
    static func countsUp(_ secret: Span<UInt8>) -> Bool {
        guard secret.count >= 20 else { return false }
        var rising = 1
        var masked = 0
        for index in secret.indices.dropFirst() {
            rising = secret[index] == secret[index - 1] &+ 1 ? rising + 1 : 1
            masked = secret[index] | 0x20 == UInt8(ascii: "x") ? masked + 1 : 0
            if rising == 10 || masked == 8 { return true }
        }
        return false
    }

    /// What `match` stands for where the rule is about text in base64; nil where it stands for nothing of the kind.
    static func decoded(_ match: Span<UInt8>, _ checksum: DetectorRule.Checksum) -> [UInt8]? {
        let text = match.indices.map { match[$0] }.filter { $0 > UInt8(ascii: " ") }
        guard let bytes = Base64.decode(Array(text.prefix(text.count / 4 * 4))) else { return nil }
        if checksum == .base64KeyStore {
            // Words that follow on the next line look like more of it.
            let store = Array(bytes.prefix(length(ofStore: bytes) ?? bytes.count))
            return KeyStore.withKey(store.span) == nil ? nil : store
        }
        var end = bytes.count
        while end > 0, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        let isText = text.count.isMultiple(of: 4) && PlainText.end(of: bytes.span, from: 0) == bytes.count
        return isText ? Array(bytes[..<end]) : nil
    }

    /// Whether a key store that `match` is the beginning of goes on behind it; Java's do not say how long they are.
    static func isStoreCut(_ match: Span<UInt8>) -> Bool {
        let text = match.indices.map { match[$0] }.filter { $0 > UInt8(ascii: " ") }
        guard let bytes = Base64.decode(Array(text.prefix(text.count / 4 * 4))) else { return false }
        return length(ofStore: bytes).map { $0 > bytes.count } ?? true
    }

    /// How long a store of PKCS#12 says that it is, in two bytes or three.
    private static func length(ofStore bytes: [UInt8]) -> Int? {
        guard bytes.count > 5, bytes[0] == 0x30, (0x82...0x83).contains(bytes[1]) else { return nil }
        let header = Int(bytes[1] & 0x0f) + 2
        return header + bytes[2..<header].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The last six characters are the CRC-32, in base 62, of what stands between the last `_` and them.
    private static func passesGitHubChecksum(_ secret: Span<UInt8>) -> Bool {
        let start = secret.indices.last { secret[$0] == UInt8(ascii: "_") }.map { $0 + 1 } ?? 0
        let end = secret.count - 6
        guard end > start else { return false }
        let wanted = CRC32.base62(of: secret.extracting(start..<end))
        return wanted.indices.allSatisfy { secret[end + $0] == wanted[$0] }
    }

    /// The base64 of `name:password`, the password being no reference and no placeholder.
    private static func isBasicCredentials(_ secret: Span<UInt8>) -> Bool {
        guard let text = Base64.decode(secret.indices.map { secret[$0] }),
            let colon = text.firstIndex(of: UInt8(ascii: ":"))
        else { return false }
        let password = Array(text[(colon + 1)...])
        return text[..<colon].allSatisfy { (0x21...0x7E).contains($0) } && password.count > 3
            && AssignedValue.isLiteral(password.span) && !PublishedSamples.contain(password.span)
    }

    /// Doubling every second digit from the right, the digits add up to a multiple of ten.
    private static func passesLuhn(_ secret: Span<UInt8>) -> Bool {
        var sum = 0
        var digits = 0
        for index in secret.indices.reversed() {
            switch secret[index] {
            case UInt8(ascii: " "), UInt8(ascii: "-"):
                continue
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int(secret[index] - UInt8(ascii: "0")) * (digits.isMultiple(of: 2) ? 1 : 2)
                sum += digit > 9 ? digit - 9 : digit
                digits += 1
            default:
                return false
            }
        }
        return digits > 1 && sum.isMultiple(of: 10)
    }
}
