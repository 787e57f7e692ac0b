internal import Model

/// A rule as bytes: two rules have the same only if they work the same.
enum RuleText {
    static func bytes(_ rule: DetectorRule) -> [UInt8] {
        var fields = [
            rule.id, rule.title, rule.kind.rawValue, rule.severity.rawValue, rule.confidence.rawValue,
            rule.pattern, rule.prefilter ?? "", rule.publicPrefix, rule.checksum?.rawValue ?? "",
        ]
        fields.append(rule.minimumEntropy.map { "\($0)" } ?? "")
        fields.append(rule.minimumSurprise.map { "\($0)" } ?? "")
        fields.append(rule.minimumLetterSurprise.map { "\($0)" } ?? "")
        fields.append("\(rule.isAssigned)")
        fields.append(rule.expiresByDesign.map { "\($0)" } ?? "")
        fields += [rule.pathPattern ?? "", "\(rule.isForeign)", "\(rule.exceptions.count)"]
        for exception in rule.exceptions { fields += [exception.target.rawValue, "\(exception.needsAll)"] }
        let exceptions = rule.exceptions.flatMap { [$0.paths, $0.patterns, $0.words] }
        let lists =
            [rule.paths.map(\.pattern), rule.fields.map(\.pattern), rule.allow, rule.keywords] + exceptions
        fields += lists.flatMap { ["\($0.count)"] + $0 }
        // Each with its length, so that no two lists of fields run into the same bytes.
        var bytes: [UInt8] = []
        for field in fields {
            bytes += String(field.utf8.count).utf8
            bytes.append(UInt8(ascii: ":"))
            bytes += field.utf8
        }
        return bytes
    }
}
