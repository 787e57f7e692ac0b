/// What is done to text that comes from an image, a policy or another tool before anybody sees it.
///
/// Nothing is removed: what cannot be shown is written as an escape (`\x1b`, `\u{202e}`), so that a reader sees that it is
/// there. The result holds no control, invisible, direction-changing or unassignable character, no line break, and
/// nothing that a pipeline's log takes for a command.
enum TextCleaning {
    static func clean(_ input: String, limit: Int) -> String {
        if input.utf8.count <= limit, isPlain(input) { return input }
        return withoutLogCommands(withVisibleCharacters(cut(input, limit: limit)))
    }

    /// Whether it is printable ASCII, and the ellipsis of a preview, in which no command begins, as most text is.
    private static func isPlain(_ input: String) -> Bool {
        let bytes = input.utf8Span.span
        var previous: UInt8 = 0
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0xe2, position + 2 < bytes.count, bytes[position + 1] == 0x80,
                bytes[position + 2] == 0xa6
            {
                position += 2
            } else if !(0x20...0x7e).contains(byte) || mayBeginCommand(previous, byte) {
                return false
            }
            previous = byte
            position += 1
        }
        return true
    }

    /// Whether a log command begins with these two signs.
    private static func mayBeginCommand(_ first: UInt8, _ second: UInt8) -> Bool {
        first == second && (first == UInt8(ascii: "#") || first == UInt8(ascii: ":"))
    }

    /// Whether two signs stand side by side with which a log command begins.
    private static func mayHoldCommand(_ input: String) -> Bool {
        var previous: UInt8 = 0
        for byte in input.utf8 {
            if mayBeginCommand(previous, byte) { return true }
            previous = byte
        }
        return false
    }

    /// The beginning and the end, with what was cut between them stated; of a path both matter.
    private static func cut(_ input: String, limit: Int) -> String {
        let scalars = input.unicodeScalars
        // Most text is shorter even in bytes, so counting characters is rarely needed.
        guard input.utf8.count > limit, scalars.count > limit else { return input }
        let head = String.UnicodeScalarView(scalars.prefix(limit * 2 / 3))
        let tail = String.UnicodeScalarView(scalars.suffix(limit / 3))
        let missing = scalars.count - head.count - tail.count
        return String(head) + "[… \(missing) characters cut …]" + String(tail)
    }

    private static func withVisibleCharacters(_ input: String) -> String {
        var result = String.UnicodeScalarView()
        var marks = 0
        let scalars = input.unicodeScalars
        for (position, scalar) in zip(scalars.indices, scalars) {
            if (0x20...0x7e).contains(scalar.value) {
                marks = 0
                result.append(scalar)
                continue
            }
            let isMark = joinsToPrevious(scalar)
            marks = isMark ? marks + 1 : 0
            // A mark on punctuation would hide it from programs that look at whole characters, and a heap of them
            // runs over the lines around it.
            let hasBase = result.last.map { !$0.isASCII || $0.properties.isAlphabetic } ?? false
            let next = scalars.index(after: position)
            let hidesNext = next < scalars.endIndex && joinsToNext(scalar, scalars[next])
            if isMisleading(scalar) || hidesNext || (isMark && (!hasBase || marks > 3)) {
                result.append(contentsOf: escape(scalar).unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static func joinsToPrevious(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: return true
        default: return scalar.properties.isEmojiModifier
        }
    }

    /// Whether the sign behind it, which may be a quotation mark, would be no character of its own to such programs.
    private static func joinsToNext(_ scalar: Unicode.Scalar, _ next: Unicode.Scalar) -> Bool {
        next.isASCII && !next.properties.isAlphabetic
            && String(String.UnicodeScalarView([scalar, next])).count == 1
    }

    /// Characters that show nothing, show something else than they are, or change how others are shown.
    static func isMisleading(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7f }
        if scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isNoncharacterCodePoint {
            return true
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .spaceSeparator, .lineSeparator, .paragraphSeparator,
            .unassigned:
            return true
        default:
            // What stands for an object, and Braille without a dot.
            return scalar.value == 0xfffc || scalar.value == 0x2800
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x09: "\\t"
        case 0x0a: "\\n"
        case 0x0d: "\\r"
        case ..<0x10: "\\x0" + String(scalar.value, radix: 16)
        case ..<0x100: "\\x" + String(scalar.value, radix: 16)
        default: "\\u{" + String(scalar.value, radix: 16) + "}"
        }
    }

    /// GitHub reads `::` at the start of a line as a command, GitHub and Azure `##[` and `##vso[` anywhere in it.
    private static func withoutLogCommands(_ input: String) -> String {
        guard mayHoldCommand(input) else { return input }
        var result = input
        for command in ["##[", "##vso["] {
            result = result.replacing(signs: command, with: "#\\x23" + command.dropFirst(2))
        }
        let start = result.drop { $0 == " " }
        guard start.hasPrefix("::"), start.dropFirst(2).first?.isLetter == true else { return result }
        return "\\x3a" + start.dropFirst()
    }
}
