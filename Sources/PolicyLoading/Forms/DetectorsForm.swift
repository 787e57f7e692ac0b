import Model
import YAMLDocuments

/// `kind: Detectors`: kinds of credentials and settings, and what they look like.
enum DetectorsForm {
    /// What one document has to say.
    struct Part {
        let allowLists: [AllowList]
        let rules: [ListedRule]
        let tunings: [Located<DetectorTuning>]
    }

    /// Patterns of what is no secret, which many rules share.
    struct AllowList {
        let id: String
        let patterns: [String]
    }

    /// A rule, and the allow lists that it takes.
    struct ListedRule {
        let rule: DetectorRule
        let allowLists: [String]

        /// The rule with the patterns of its lists in front of its own.
        func complete(with patterns: [String: [String]]) -> DetectorRule {
            var rule = rule
            rule.allow = allowLists.flatMap { patterns[$0] ?? [] } + rule.allow
            return rule
        }
    }

    static let form: ValueForm<Part> = mapping(
        "a detectors document", "what credentials and settings look like",
        Envelope.apiVersion, Envelope.kind(.detectors),
        optional("allowLists", Values.list(of: allowList), "patterns of what is no secret, for many rules"),
        optional("rules", Values.list(of: rule), "one for each kind of credential or setting"),
        optional("overrides", Values.list(of: tuning), "what is changed about rules written elsewhere")
    ) { _, _, _, _, allowLists, rules, tunings in
        Part(allowLists: allowLists ?? [], rules: rules ?? [], tunings: tunings ?? [])
    }
    .then { part, node, reading in
        if node["rules"] == nil, node["overrides"] == nil, node["allowLists"] == nil {
            reading.report(
                .missingKey, at: node.mark,
                "a detectors document needs the key \"rules\", \"overrides\" or \"allowLists\"")
        }
        return part
    }

    private static let allowList: ValueForm<AllowList> = mapping(
        "an allow list", "patterns of what is no secret, which rules take by its name",
        required("id", Values.name(of: .allowList, .dottedName), "what rules call it"),
        required("title", Values.text, "what they let be"),
        required("patterns", Values.set(of: Values.text), "PCRE2, against the secret")
    ) { _, _, id, _, patterns in AllowList(id: id, patterns: patterns) }

    private static let tuning: ValueForm<Located<DetectorTuning>> = mapping(
        "an override", "a change to a rule that is written elsewhere",
        required("id", Values.reference(to: .detector, .dottedName), "the rule's"),
        optional("severity", Values.choice(Severity.self), "how bad it is instead"),
        optional("confidence", Values.choice(Confidence.self), "how sure a match makes that instead"),
        optional("disabled", Values.flag, "whether the rule is switched off"),
        required("reason", Values.text, "why, as receipts will have it")
    ) { node, reading, id, severity, confidence, disabled, reason in
        let tuning = DetectorTuning(
            id: id, severity: severity, confidence: confidence, isDisabled: disabled ?? false, reason: reason,
            source: reading.place(node.mark))
        return Located(value: tuning, mark: node.mark)
    }
    .then { tuning, node, reading in
        let value = tuning.value
        if value.severity == nil, value.confidence == nil, !value.isDisabled {
            reading.report(
                .contradiction, at: node.mark,
                "an override must change something: \"severity\", \"confidence\" or \"disabled: true\"")
        }
        return tuning
    }

    private static let rule: ValueForm<ListedRule> = mapping(
        "a detector rule", "one kind of credential or setting",
        required("id", Values.name(of: .detector, .dottedName), "issuer or theme, then what it is"),
        required("title", Values.text, "what it is called"),
        required("kind", Values.choice(FindingKind.self), "what a finding of it is"),
        required("severity", Values.choice(Severity.self), "how bad it is if it is what it seems to be"),
        required("confidence", Values.choice(Confidence.self), "how sure a match makes that"),
        required("pattern", Values.text, "PCRE2; the secret is the group \"secret\", else group 1, else all"),
        optional("prefilter", Values.text, "what every match has in it, where looking for that is faster"),
        optional("prefix", Values.text(.publicPrefix), "what every such token begins with, and may be shown"),
        optional("minEntropy", Values.number(in: 0...8), "bits a character that the secret must have"),
        optional("minSurprise", Values.number(in: 0...8), "bits a character that no word has"),
        optional("minLetterSurprise", Values.number(in: 0...8), "the same where the secret is letters alone"),
        optional(
            "assigned", Values.flag, "whether it is what something is set to: no reference, no placeholder"),
        optional("checksum", Values.choice(DetectorRule.Checksum.self), "how a token proves that it is one"),
        optional("paths", Values.set(of: Values.glob), "only in files whose path fits one of these"),
        optional("fields", Values.set(of: Values.glob), "only in metadata fields that fit one of these"),
        optional("allow", Values.set(of: Values.text), "patterns of placeholders, which are no finding"),
        optional(
            "allowLists", Values.set(of: Values.reference(to: .allowList, .dottedName)),
            "lists of such patterns, by their ids"),
        optional("expires", Values.flag, "whether such a credential expires unless renewed"),
        required("remediation", Values.text, "how to revoke and rotate it"),
        required("reference", Values.text(.link), "where the issuer documents the format"),
        required("examples", Values.set(of: Values.sample, atLeast: 2), "texts in which it must be found"),
        required("counterexamples", Values.set(of: Values.sample, atLeast: 2), "texts in which it must not")
    ) {
        node, reading, id, title, kind, severity, confidence, pattern, prefilter, prefix, entropy, surprise,
        letterSurprise, assigned, checksum,
        paths, fields, allow, allowLists, expires, remediation, reference, examples, counterexamples in
        let rule = DetectorRule(
            id: id, title: title, kind: kind, severity: severity, confidence: confidence, pattern: pattern,
            prefilter: prefilter, publicPrefix: prefix ?? "", minimumEntropy: entropy,
            minimumSurprise: surprise, minimumLetterSurprise: letterSurprise, isAssigned: assigned ?? false,
            checksum: checksum,
            paths: paths ?? [],
            fields: fields ?? [], allow: allow ?? [], expiresByDesign: expires, remediation: remediation,
            reference: reference, examples: examples, counterexamples: counterexamples,
            source: reading.place(node.mark))
        return ListedRule(rule: rule, allowLists: allowLists ?? [])
    }
}
