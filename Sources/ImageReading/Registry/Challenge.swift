/// How a server wants to be asked: one challenge of a `WWW-Authenticate` header (RFC 7235).
struct Challenge: Hashable, Sendable {
    /// In lower case: `basic`, `bearer`.
    let scheme: String
    /// What may be shown of a challenge that nobody can answer: any other word could be what the server was shown before.
    static let knownSchemes: Set<String> = ["digest", "hoba", "mutual", "negotiate", "ntlm", "oauth"]

    /// By name in lower case.
    let parameters: [String: String]

    /// The challenges in `headers`, of which each may hold several.
    static func parse(_ headers: [String]) -> [Challenge] { headers.flatMap(parse) }

    private static func parse(_ header: String) -> [Challenge] {
        var scanner = ChallengeScanner(header)
        var challenges: [Challenge] = []
        var scheme: String?
        var parameters: [String: String] = [:]
        func close() {
            if let scheme { challenges.append(Challenge(scheme: scheme, parameters: parameters)) }
        }
        while let word = scanner.word() {
            if let value = scanner.value() {
                // The first of two with one name counts, so that nothing later can take its place.
                parameters[word.lowercased(), default: value] = parameters[word.lowercased()] ?? value
            } else {
                close()
                scheme = word.lowercased()
                parameters = [:]
            }
        }
        close()
        return challenges
    }
}

/// Reads words, and the values behind their equals signs.
private struct ChallengeScanner {
    private static let separators: Set<Character> = [" ", "\t", ","]

    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    /// The next word, or nil at the end or where there is none.
    mutating func word() -> String? {
        rest = rest.drop { Self.separators.contains($0) }
        let word = rest.prefix { $0 != "=" && $0 != "\"" && !Self.separators.contains($0) }
        rest = rest.dropFirst(word.count)
        return word.isEmpty ? nil : String(word)
    }

    /// The value where an equals sign follows; words without one begin a challenge.
    mutating func value() -> String? {
        let ahead = rest.drop { $0 == " " || $0 == "\t" }
        guard ahead.first == "=" else { return nil }
        rest = ahead.dropFirst().drop { $0 == " " || $0 == "\t" }
        guard rest.first == "\"" else {
            let value = rest.prefix { !Self.separators.contains($0) }
            rest = rest.dropFirst(value.count)
            return String(value)
        }
        return quoted()
    }

    private mutating func quoted() -> String {
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let escaped = rest.popFirst() {
                value.append(escaped)
            } else {
                value.append(character)
            }
        }
        return value
    }
}
