import Model
import Patterns
import YAMLDocuments

/// What a matcher can ask of a field, and of fields of which types.
struct MatcherOperator: Sendable {
    let name: String
    let types: [FactType]
    let summary: String
    let read: @Sendable (YAMLNode, FactField, inout Reading) -> Matcher.Test?

    static let all: [MatcherOperator] = [
        MatcherOperator(
            name: "equals", types: [.text, .number, .flag, .severity, .confidence], summary: "is this value"
        ) { node, field, reading in
            value(of: field).read(node, &reading).map(Matcher.Test.equals)
        },
        MatcherOperator(
            name: "in", types: [.text, .number, .severity, .confidence], summary: "is one of these values"
        ) { node, field, reading in
            Values.set(of: value(of: field)).read(node, &reading).map(Matcher.Test.isIn)
        },
        MatcherOperator(
            name: "glob", types: [.text],
            summary: "fits as a whole: * within a path component, ** across them, ? one character"
        ) { node, field, reading in
            glob(over: field).read(node, &reading).map(Matcher.Test.glob)
        },
        MatcherOperator(
            name: "matches", types: [.text],
            summary: "has somewhere what this regular expression (PCRE2) describes"
        ) { node, field, reading in
            pattern(over: field).read(node, &reading).map(Matcher.Test.matches)
        },
        MatcherOperator(
            name: "atLeast", types: [.number, .severity, .confidence], summary: "is this value or more"
        ) { node, field, reading in
            value(of: field).read(node, &reading).map(Matcher.Test.atLeast)
        },
        MatcherOperator(
            name: "olderThan", types: [.instant],
            summary: "lies more than these days back: 30d; -30d reaches ahead"
        ) { node, _, reading in
            days.orParameter().read(node, &reading).map(Matcher.Test.olderThan)
        },
        MatcherOperator(name: "exists", types: FactType.allCases, summary: "is there at all") {
            node, _, reading in
            Values.flag.read(node, &reading).map(Matcher.Test.exists)
        },
    ]

    /// A value that `field` can have.
    private static func value(of field: FactField) -> ValueForm<AttributeValue> {
        switch field.type {
        case .number:
            ValueForm<Int>(shape: .number) { node, reading in
                reading.value { () throws(YAMLMismatch) in try node.integer() }
            }
            .orParameter().then { number, _, _ in .number(number) }
        case .flag:
            Values.flag.then { flag, _, _ in .flag(flag) }
        case .text, .severity, .confidence, .instant:
            text(of: field).then { text, _, _ in .text(text) }
        }
    }

    private static func text(of field: FactField) -> ValueForm<String> {
        guard field.values.isEmpty else { return Values.choice(among: field.values) }
        return Values.text.then { text, node, reading in
            canBegin(field, with: text, ["/"], at: node.mark, &reading) ? text : nil
        }
    }

    private static func glob(over field: FactField) -> ValueForm<Glob> {
        Values.text.then { text, node, reading in
            let glob = Glob(text)
            guard field.values.isEmpty || field.values.contains(where: { glob.matches($0) }) else {
                reading.reportValue(
                    .neverMatches, at: node.mark,
                    "is \(DisplayText.quoted(text)), which fits no value that \(field.name) can have")
                return nil
            }
            return canBegin(field, with: text, ["/", "**"], at: node.mark, &reading) ? glob : nil
        }
    }

    private static func pattern(over field: FactField) -> ValueForm<TextPattern> {
        Values.text.then { text, node, reading in
            do throws(PatternError) {
                let search = try TextSearch(text)
                guard field.values.isEmpty || field.values.contains(where: { search.matches($0) == true })
                else {
                    reading.reportValue(
                        .neverMatches, at: node.mark,
                        "is \(DisplayText.quoted(text)), which matches no value that \(field.name) can have")
                    return nil
                }
                // Anchored at a letter, it cannot begin at the root.
                if text.hasPrefix("^"), let first = text.dropFirst().first, first.isLetter || first.isNumber,
                    !canBegin(field, with: text, ["/"], at: node.mark, &reading)
                {
                    return nil
                }
                return TextPattern(text, matches: search.matches)
            } catch {
                reading.reportValue(
                    .malformed, at: node.mark,
                    "is no regular expression that PCRE2 takes: \(error.reason) (behind byte \(error.offset))"
                )
                return nil
            }
        }
    }

    /// Whether a path can begin like `text`: all of them begin at the root, and a rule that never matches looks like a pass.
    private static func canBegin(
        _ field: FactField, with text: String, _ starts: [String], at mark: YAMLMark, _ reading: inout Reading
    ) -> Bool {
        guard field.name == "path", !starts.contains(where: { text.hasPrefix($0) }) else { return true }
        // A wildcard that is no `**` never stands for a slash.
        let isAnywhere = text.hasPrefix("*") || text.hasPrefix("?")
        let suggestion = text.hasPrefix("^") ? "^/" + text.dropFirst() : (isAnywhere ? "**/" : "/") + text
        reading.reportValue(
            .neverMatches, at: mark, "is \(DisplayText.quoted(text)), which fits no path: all begin with /",
            suggestion: DisplayText.quoted(suggestion))
        return false
    }

    /// `30d`, `-30d`.
    private static let days = ValueForm<Int>(shape: .text(pattern: "^-?[0-9]{1,5}d$")) { node, reading in
        let isBare = (try? node.integer()) != nil
        guard isBare || reading.value({ () throws(YAMLMismatch) in try node.string() }) != nil,
            case .scalar(let text, _) = node.content
        else { return nil }
        let digits = text.dropLast()
        let isNumber = digits.drop { $0 == "-" }.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if text.hasSuffix("d"), isNumber, let days = Int(digits), (-99_999...99_999).contains(days) {
            return days
        }
        reading.reportValue(
            .malformed, at: node.mark,
            "is \(DisplayText.quoted(text)) and must be a number of days: 30d, 0d, -30d",
            suggestion: isBare ? text + "d" : nil)
        return nil
    }
}

extension ValueForm<Int> {
    /// A number, or the parameter that holds it: `{parameter: maximum-age}`.
    fileprivate func orParameter() -> ValueForm<Int> {
        let name = Values.reference(to: .parameter, .dottedName)
        return ValueForm(shape: shape) { [read] node, reading in
            guard case .mapping(let pairs) = node.content, pairs.count == 1, let pair = pairs.first,
                pair.key == "parameter"
            else { return read(node, &reading) }
            // A name that nothing has is reported when all names are known.
            return name.read(pair.value, &reading).map { reading.parameters[$0] ?? 0 }
        }
    }
}
