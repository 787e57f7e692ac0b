/// Text from a document, made safe to print: one line, and nothing that a terminal acts on or that cannot be seen.
package enum DisplayText {
    /// How a character is shown, and how many columns of a terminal that takes.
    struct Cell {
        let text: String
        let width: Int
    }

    /// `text` with everything escaped that would not show as itself.
    static func line(_ text: String) -> String { text.unicodeScalars.map { cell($0).text }.joined() }

    /// A value in quotes, as messages name it; a long one is cut.
    static func quoted(_ value: String) -> String {
        let characters = value.unicodeScalars
        guard characters.count > 80 else { return "\"\(value)\"" }
        return "\"\(String(String.UnicodeScalarView(characters.prefix(72))))…\""
    }

    /// Names as a sentence lists them: `a, b or c`.
    static func list(_ names: [String], _ conjunction: String = "or") -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }

    /// How `scalar` is shown; a tab becomes blanks, so that the caret below stands where it should.
    static func cell(_ scalar: Unicode.Scalar) -> Cell {
        if scalar == "\t" { return Cell(text: "    ", width: 4) }
        guard isVisible(scalar) else {
            let digits = String(scalar.value, radix: 16)
            let text =
                scalar.value < 0x80 ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{\(digits)}"
            return Cell(text: text, width: text.utf8.count)
        }
        return Cell(text: String(Character(scalar)), width: width(scalar))
    }

    /// Whether `scalar` shows as itself and changes nothing around it.
    static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        // Nearly all there is, and Unicode's tables are slow.
        if (0x20..<0x7f).contains(scalar.value) { return true }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
            false
        default: true
        }
    }

    /// The end of `text` that takes no more than so many columns, behind an ellipsis where something is missing.
    package static func ending(_ text: String, columns: Int) -> String {
        let scalars = text.unicodeScalars
        guard scalars.reduce(0, { $0 + width($1) }) > columns else { return text }
        var room = columns - 1
        let kept = scalars.reversed().prefix { scalar in
            room -= width(scalar)
            return room >= 0
        }
        // What joins to a character that was cut has nothing left to join to.
        return "…" + String(String.UnicodeScalarView(kept.reversed().drop { width($0) == 0 }))
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        let wide: [ClosedRange<UInt32>] = [
            0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff,
            0xfe30...0xfe6f,
            0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f680...0x1f6ff, 0x1f900...0x1faff,
            0x20000...0x3fffd,
        ]
        if scalar.properties.isEmojiPresentation { return 2 }
        return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }
}
