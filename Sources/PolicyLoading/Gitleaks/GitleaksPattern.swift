import Model

/// A pattern of gitleaks, which Go's RE2 reads, as PCRE2 reads it.
///
/// The two agree but for a few escapes and what a dollar sign means; PCRE2 knows more, of which RE2 has nothing.
struct GitleaksPattern {
    let text: String
    /// What it means here in another way.
    let notes: [String]

    /// The pattern, with the group that holds the secret named so where it is not the first.
    static func translate(_ regex: String, secretGroup: Int = 0) throws(GitleaksRefusal) -> GitleaksPattern {
        var translation = Translation(text: Array(regex.utf8), secretGroup: secretGroup)
        try translation.run()
        guard secretGroup == 0 || translation.groups >= secretGroup else {
            throw GitleaksRefusal(
                reason: "\"secretGroup\" is \(secretGroup), and it has \(translation.groups)")
        }
        return GitleaksPattern(
            text: String(decoding: translation.output, as: UTF8.self), notes: translation.notes.sorted())
    }

    private struct Translation {
        let text: [UInt8]
        let secretGroup: Int
        var position = 0
        var output: [UInt8] = []
        var groups = 0
        var notes: Set<String> = []
        private var isInClass = false

        init(text: [UInt8], secretGroup: Int) {
            self.text = text
            self.secretGroup = secretGroup
        }

        mutating func run() throws(GitleaksRefusal) {
            while position < text.count {
                let byte = text[position]
                if byte == UInt8(ascii: "\\") {
                    try escape()
                } else if isInClass {
                    take(byte)
                    if byte == UInt8(ascii: "]") { isInClass = false }
                    if byte == UInt8(ascii: "["), text[position...].starts(with: ":".utf8) { named() }
                } else if byte == UInt8(ascii: "[") {
                    openClass()
                } else if byte == UInt8(ascii: "(") {
                    try group()
                } else {
                    take(byte)
                }
                if byte >= 0x80, isInClass {
                    throw GitleaksRefusal(reason: "it has a character outside ASCII in a class")
                }
            }
        }

        private mutating func take(_ byte: UInt8) {
            output.append(byte)
            position += 1
        }

        /// A bracket that stands first in a class is a member of it.
        private mutating func openClass() {
            take(text[position])
            if position < text.count, text[position] == UInt8(ascii: "^") { take(text[position]) }
            if position < text.count, text[position] == UInt8(ascii: "]") { take(text[position]) }
            isInClass = true
        }

        /// `[:alpha:]`.
        private mutating func named() {
            while position < text.count, text[position] != UInt8(ascii: "]") { take(text[position]) }
            if position < text.count { take(text[position]) }
        }

        private mutating func escape() throws(GitleaksRefusal) {
            guard position + 1 < text.count else {
                throw GitleaksRefusal(reason: "it ends with a backslash")
            }
            switch text[position + 1] {
            case UInt8(ascii: "v"):
                // A vertical tab in RE2, and every line break in PCRE2.
                output += Array("\\x0B".utf8)
                position += 2
            case UInt8(ascii: "Q") where !isInClass:
                position += 2
                quoted()
            case UInt8(ascii: "C"): throw GitleaksRefusal(reason: "\\C is not known here")
            case UInt8(ascii: "p"), UInt8(ascii: "P"):
                throw GitleaksRefusal(
                    reason: "it asks for Unicode classes (\\p), and patterns see bytes here")
            default:
                take(text[position])
                take(text[position])
            }
        }

        /// `\Q…\E`, character by character, since a group in it is none.
        private mutating func quoted() {
            while position < text.count, !text[position...].starts(with: "\\E".utf8) {
                let byte = text[position]
                if byte < 0x80, !Character(Unicode.Scalar(byte)).isLetter, !(0x30...0x39).contains(byte) {
                    output.append(UInt8(ascii: "\\"))
                }
                take(byte)
            }
            position = min(text.count, position + 2)
        }

        private mutating func group() throws(GitleaksRefusal) {
            let rest = text[(position + 1)...]
            let isNamed = rest.starts(with: "?P<".utf8) || rest.starts(with: "?<".utf8)
            guard isNamed || !rest.starts(with: "?".utf8) else {
                let flags = rest.dropFirst().prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ")") }
                if flags.contains(UInt8(ascii: "U")) {
                    throw GitleaksRefusal(
                        reason: "it turns greed around (?U), which Vectorscan does not know")
                }
                return take(text[position])
            }
            groups += 1
            position += 1
            if isNamed {
                guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else {
                    throw GitleaksRefusal(reason: "a group's name has no end")
                }
                position = end + 1
            }
            // A name it has is dropped: only the secret's means anything here, and the first group needs none.
            output += Array((groups == secretGroup ? "(?<secret>" : "(").utf8)
        }
    }
}
