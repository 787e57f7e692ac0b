internal import Model
internal import Patterns

/// A rule ready for the second stage: its pattern, its exceptions, how far back a match can reach.
final class ConfirmingRule: Sendable {
    let rule: DetectorRule
    let pattern: RegularExpression
    let allow: [RegularExpression]
    /// What the file's path must fit; nil where it does not matter.
    let path: RegularExpression?
    let exceptions: [ConfirmingException]
    /// Whether a match may begin where the one before it ended (`\G`): one name, then many values.
    let goesOn: Bool
    /// The longest match in bytes, as far as it is looked for behind the end that the first stage saw.
    let reach: Int

    /// Rules whose matches have no limit are looked for this far back from where a match ends.
    static let farthest = ImageScanner.overlap
    /// Those that begin with so much text that it is found at the speed of memory, as keys do: all of the window.
    private static let wholeWindow = Int.max / 2
    private static let tellingBeginning = 8

    init(_ rule: DetectorRule) throws(DetectionError) {
        self.rule = rule
        let place = Self.place(of: rule)
        pattern = try RegularExpression.compile(rule.pattern, place: place)
        var allow: [RegularExpression] = []
        for text in rule.allow { allow.append(try RegularExpression.compile(text, place: place)) }
        if rule.kind.isCredential, !rule.isForeign { allow.append(try ValueReference.pattern.get()) }
        self.allow = allow
        if let text = rule.pathPattern {
            path = try RegularExpression.compile(text, place: place)
        } else {
            path = nil
        }
        var exceptions: [ConfirmingException] = []
        for exception in rule.exceptions {
            exceptions.append(try ConfirmingException(exception, place: place))
        }
        self.exceptions = exceptions
        goesOn = rule.pattern.contains(#"\G"#)
        // `{,2}` is taken for a repetition here, and is text to PCRE2 of some versions: no longer than the pattern.
        let mistaken = rule.pattern.contains("{,") ? rule.pattern.utf8.count : 0
        let node = PatternParser.parse(rule.pattern)
        let isTelling = (node?.firstLiterals ?? 0) >= Self.tellingBeginning
        let farthest = isTelling ? Self.wholeWindow : Self.farthest
        let longest = node?.longest.map { min($0, farthest) }
        reach = min(longest.map { $0 + mistaken } ?? farthest, farthest)
    }

    /// Throws where PCRE2 refuses one of the rule's patterns.
    static func check(_ rule: DetectorRule) throws(DetectionError) {
        for text in rule.patterns {
            _ = try RegularExpression.compile(text, place: place(of: rule), checkOnly: true)
        }
    }

    static func place(of rule: DetectorRule) -> String { "\(rule.source): rule \(rule.id)" }
}
