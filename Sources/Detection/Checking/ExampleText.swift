internal import Cryptography
internal import Model

/// Texts of a rule's examples with their placeholders filled in, so that no credential ever stands in a file.
///
/// The same seed gives the same text in every run.
package struct ExampleText {
    private var random: SeededBytes
    /// What the last class placeholder became, which a checksum is over.
    private var lastRun: [UInt8] = []

    /// `template` with `<class:n>`, `<crc32>`, `<jwt>`, `<uuid>`, `<basic>`, `<bytes:n>`, `<base58check:VERSION:n>` and
    /// `<privatekey:KIND>` filled in.
    ///
    /// Anything else in angle brackets stays as it is.
    package static func expand(_ template: String, seed: String) -> String {
        var text = ExampleText(random: SeededBytes(seed))
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "<") {
            result += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: ">"),
                let replacement = text.fill(rest[rest.index(after: open)..<close])
            else {
                result += "<"
                rest = rest.dropFirst()
                continue
            }
            result += replacement
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private mutating func fill(_ placeholder: Substring) -> String? {
        let parts = placeholder.split(separator: ":", maxSplits: 1)
        guard let name = parts.first else { return nil }
        switch (String(name), parts.count) {
        case ("crc32", 1): return String(decoding: CRC32.base62(of: lastRun.span), as: UTF8.self)
        case ("jwt", 1): return token()
        case ("uuid", 1): return uuid()
        case ("basic", 1):
            return Base64.encode(Array("ci:\(run(of: Self.digits + Self.upper + Self.lower, 14))".utf8))
        case ("bytes", 2): return numbers(parts[1])
        case ("base58check", 2): return base58Check(parts[1])
        case ("privatekey", 2): return ExampleKey.block(String(parts[1]), random: &random)
        case (let name, 2):
            guard let alphabet = Self.alphabets[name], let count = Int(parts[1]),
                (1...100_000).contains(count)
            else {
                return nil
            }
            return run(of: alphabet, count)
        default: return nil
        }
    }

    private static let lower = "abcdefghijklmnopqrstuvwxyz"
    private static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    private static let digits = "0123456789"
    private static let alphabets = [
        "alnum": digits + upper + lower, "alpha": upper + lower, "upper": upper, "lower": lower,
        "digit": digits,
        "hex": digits + "abcdef", "HEX": digits + "ABCDEF", "upnum": upper + digits, "lownum": lower + digits,
        "base64": upper + lower + digits + "+/", "base64url": upper + lower + digits + "-_",
        "base32": upper + "234567", "word": upper + lower + digits + "_",
    ]

    /// Letters and digits stand at both ends, so that the run is one word whatever the class.
    private mutating func run(of alphabet: String, _ count: Int) -> String {
        let all = Array(alphabet.utf8)
        let inner = Array((Self.digits + Self.upper + Self.lower).utf8).filter(all.contains)
        lastRun = (0..<count).map { index in
            let choices = index == 0 || index == count - 1 ? inner : all
            return choices[random.below(choices.count)]
        }
        return String(decoding: lastRun, as: UTF8.self)
    }

    /// As many numbers from 0 to 255, as a list in JSON has them.
    private mutating func numbers(_ count: Substring) -> String? {
        guard let count = Int(count), (1...1000).contains(count) else { return nil }
        return random.bytes(count).map { "\($0)" }.joined(separator: ",")
    }

    /// `VERSION:n`: `n` bytes behind version bytes in hexadecimal.
    private mutating func base58Check(_ shape: Substring) -> String? {
        let parts = shape.split(separator: ":")
        guard parts.count == 2, let version = UInt32(parts[0], radix: 16), let count = Int(parts[1]),
            (1...100).contains(count)
        else { return nil }
        let bytes = (0..<parts[0].count / 2).reversed().map { UInt8(truncatingIfNeeded: version >> ($0 * 8)) }
        return Base58Check.encode(bytes + random.bytes(count))
    }

    private mutating func token() -> String {
        let subject = run(of: Self.digits, 10)
        let parts = [
            #"{"alg":"HS256","typ":"JWT"}"#, #"{"sub":"\#(subject)","iat":1700000000,"exp":1900000000}"#,
        ]
        let encoded = parts.map { Base64.encode(Array($0.utf8)) }.map { text in
            String(text.prefix { $0 != "=" }).replacing("+", with: "-").replacing("/", with: "_")
        }
        return encoded.joined(separator: ".") + "." + run(of: Self.digits + Self.upper + Self.lower, 43)
    }

    private mutating func uuid() -> String {
        let hex = Array(Hex.string(random.bytes(16)))
        let groups = [hex[0..<8], hex[8..<12], ["4"] + hex[13..<16], ["a"] + hex[17..<20], hex[20..<32]]
        return groups.map { String($0) }.joined(separator: "-")
    }
}
