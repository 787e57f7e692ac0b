import PolicyLoading
import Testing

/// A change to the good policy, and the one diagnostic it must bring.
struct Mistake: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let code: Diagnostic.Code
    /// `line:column` in the changed document.
    let place: String
    /// What the message must hold.
    let words: String
    let suggestion: String?

    init(
        _ old: String, _ new: String, _ code: Diagnostic.Code, _ place: String, _ words: String,
        _ suggestion: String? = nil
    ) {
        self.old = old
        self.new = new
        self.code = code
        self.place = place
        self.words = words
        self.suggestion = suggestion
    }

    var testDescription: String { "\(old) → \(new)" }

    /// Expects exactly this one diagnostic in `found`.
    func check(_ found: [Diagnostic]) {
        #expect(found.map(\.code) == [code], "\(found.map(\.description).joined(separator: "\n"))")
        guard let only = found.first else { return }
        #expect("\(only.line):\(only.column)" == place)
        #expect(only.message.contains(words), "\(only.message)")
        #expect(only.suggestion == suggestion)
    }
}

@Suite struct PolicyMistakeTests {
    @Test(
        "a mistake in a rule is told where it stands, with what was meant",
        arguments: [
            Mistake(
                "palimpsest/v1\nkind: Policy", "palimpsest/v2\nkind: Policy", .unknownValue, "1:13",
                "must be palimpsest/v1", "\"palimpsest/v1\""),
            Mistake(
                "apiVersion: palimpsest/v1\nkind: Policy", "kind: Policy", .missingKey, "1:1",
                "a policy needs the key \"apiVersion\""),
            Mistake(
                "kind: Policy", "kind: Polcy", .unknownKind, "2:7", "there is no kind \"Polcy\"", "\"Policy\""
            ),
            Mistake("kind: Policy", "kind: policy", .unknownKind, "2:7", "there is no kind", "\"Policy\""),
            Mistake(
                "kind: Policy\n", "", .missingKey, "1:1",
                "a document needs the key \"kind\": Framework, Policy or TrustAnchors"),
            Mistake(
                "kind: Policy", "kind: Detectors", .unsuitableKind, "2:7",
                "a Detectors document, where only Framework, Policy or TrustAnchors"),
            Mistake(
                "kind: Policy", "kind: Attestations", .unsuitableKind, "2:7",
                "an Attestations document, where only Framework"),
            Mistake(
                "id: baseline", "id: Base line", .malformed, "3:5",
                "\"id\" is \"Base line\" and must be lower-case"),
            Mistake("id: baseline", "id: 2.0", .wrongType, "3:5", "without quotes is a number", "\"2.0\""),
            Mistake("id: baseline", "id: on", .wrongType, "3:5", "is a boolean in YAML 1.1", "\"on\""),
            Mistake(
                "title: Baseline", "titel: Baseline\ntitle: B", .unknownKey, "4:1",
                "a policy has no key \"titel\"", "\"title\""),
            Mistake("title: No secrets", "title: \"\"", .malformed, "7:12", "\"title\" is empty"),
            Mistake("title: No secrets", "title:", .wrongType, "7:11", "is empty"),
            Mistake(
                "title: No secrets", "title: \"a\\u202eb\"", .malformed, "7:12", "cannot be seen, U+202E"),
            Mistake("title: No secrets", "title: \"a\\x1bb\"", .malformed, "7:12", "cannot be seen, U+1B"),
            Mistake(
                "    title: No secrets\n", "", .missingKey, "6:5",
                "a rule needs the key \"title\": what is required"),
            Mistake("id: secrets.none", "id: secrets..none", .malformed, "6:9", "lower-case letters"),
            Mistake("requires: [secrets]", "requires: []", .tooFew, "9:15", "\"requires\" must not be empty"),
            Mistake(
                "requires: [secrets]", "requires: secrets", .notList, "9:15", "must be a list, and is text"),
            Mistake(
                "requires: [secrets]", "requires: [secrets, secret]", .unknownValue, "9:25", "is \"secret\"",
                "\"secrets\""),
            Mistake(
                "requires: [secrets]", "requires: [secrets, secrets]", .duplicate, "9:25", "a second time"),
            Mistake(
                "each: finding", "each: findings", .unknownValue, "11:11",
                "must be finding, inventory or image", "\"finding\""),
            Mistake("effect: fail", "effect: no", .unknownValue, "17:13", "must be fail or warn"),
            Mistake(
                "severity: high", "severty: high\n    severity: high", .unknownKey, "18:5",
                "a rule has no key \"severty\"", "\"severity\""),
            Mistake(
                "severity: high", "severity: hihg", .unknownValue, "18:15",
                "info, low, medium, high or critical", "\"high\""),
        ])
    func rule(mistake: Mistake) {
        mistake.check(Documents.diagnostics(replacing: mistake.old, with: mistake.new))
    }

    @Test(
        "a mistake in a matcher is told where it stands, with what was meant",
        arguments: [
            Mistake(
                "field: kind, ", "field: kidn, ", .unknownField, "14:19",
                "no field of each finding is called \"kidn\"", "\"kind\""),
            Mistake(
                "field: kind, glob: \"credential.*\"", "field: notAfter, olderThan: 0d", .unknownField,
                "14:19", "it is a field of each inventory"),
            Mistake(
                "field: platform", "field: kind", .unknownField, "10:24",
                "no field of each image is called \"kind\": it is a field of each finding"),
            Mistake(
                "glob: \"credential.*\"", "gob: \"credential.*\"", .unknownKey, "14:25",
                "a matcher has no key \"gob\"", "\"glob\""),
            Mistake(
                "glob: \"credential.*\"", "glob: \"credentials.*\"", .neverMatches, "14:31",
                "fits no value that kind can have", nil),
            Mistake(
                "glob: \"credential.*\"", "equals: credential.clod", .unknownValue, "14:33",
                "is \"credential.clod\"", "\"credential.cloud\""),
            Mistake(
                "glob: \"credential.*\"", "in: [key.private, key.privat]", .unknownValue, "14:43",
                "\"in\" of kind is \"key.privat\"", "\"key.private\""),
            Mistake(
                "glob: \"credential.*\"", "matches: \"^credentials\"", .neverMatches, "14:34",
                "matches no value that kind can have"),
            Mistake(
                "glob: \"credential.*\"", "matches: \"a(\"", .malformed, "14:34",
                "missing closing parenthesis (behind byte 2)"),
            Mistake("glob: \"credential.*\"", "in: []", .tooFew, "14:29", "must not be empty"),
            Mistake("glob: \"credential.*\"", "in: [other, other]", .duplicate, "14:37", "a second time"),
            Mistake(
                "glob: \"credential.*\"", "olderThan: 30d", .wrongOperator, "14:25",
                "\"olderThan\" cannot test kind, whose type is text: use equals, in, glob, matches or exists"),
            Mistake(
                "field: kind, glob: \"credential.*\"", "field: kind", .unclearMatcher, "14:11",
                "needs one operator, and has none"),
            Mistake("field: kind, ", "", .unclearMatcher, "14:11", "needs the key \"field\""),
            Mistake(
                "field: kind, ", "field: kind, exists: true, ", .unclearMatcher, "14:11",
                "one operator, and has \"exists\" and \"glob\""),
            Mistake(
                "field: kind, ", "any: [{field: title, exists: true}], ", .unclearMatcher, "14:11",
                "this one has \"any\" and \"glob\""),
            Mistake(
                "{field: kind, glob: \"credential.*\"}", "{}", .unclearMatcher, "14:11",
                "needs the key \"field\""),
            Mistake(
                "{field: kind, glob: \"credential.*\"}", "kind", .notMapping, "14:11",
                "a matcher must be a mapping"),
            Mistake(
                "{field: kind, glob: \"credential.*\"}", "{any: []}", .tooFew, "14:17",
                "\"any\" must not be empty"),
            Mistake(
                "{field: kind, glob: \"credential.*\"}", "{not: []}", .notMapping, "14:17",
                "a matcher must be a mapping, and is a list"),
            Mistake(
                "atLeast: medium", "atLeast: middle", .unknownValue, "15:38",
                "\"atLeast\" of severity is \"middle\""),
            Mistake(
                "atLeast: medium", "glob: \"m*\"", .wrongOperator, "15:29",
                "use equals, in, atLeast or exists"),
            Mistake(
                "field: severity, atLeast: medium", "field: layer, atLeast: 012", .wrongType, "15:35",
                "an octal number in YAML 1.1, a number in YAML 1.2"),
            Mistake(
                "field: severity, atLeast: medium", "field: layer, atLeast: \"3\"", .wrongType, "15:35",
                "in quotes is text", "3"),
            Mistake(
                "field: severity, atLeast: medium", "field: encrypted, equals: yes", .wrongType, "15:38",
                "must be true or false", "true"),
            Mistake(
                "field: severity, atLeast: medium", "field: expires, olderThan: 30", .malformed, "15:39",
                "must be a number of days", "30d"),
            Mistake(
                "field: severity, atLeast: medium", "field: expires, olderThan: 30m", .malformed, "15:39",
                "must be a number of days"),
            Mistake(
                "field: severity, atLeast: medium", "field: expires, olderThan: --3d", .malformed, "15:39",
                "must be a number of days"),
            Mistake(
                "field: severity, atLeast: medium", "field: expires, olderThan: -9223372036854775808d",
                .malformed, "15:39", "must be a number of days"),
            Mistake(
                "field: severity, atLeast: medium", "field: expires, equals: \"2025-01-01\"", .wrongOperator,
                "15:28", "use olderThan or exists"),
            Mistake(
                "field: severity, atLeast: medium", "field: title, exists: maybe", .wrongType, "15:34",
                "must be true or false"),
            Mistake(
                "glob: \"/usr/share/**\"", "glob: \"usr/share/**\"", .neverMatches, "16:36",
                "all begin with /", "\"/usr/share/**\""),
            Mistake(
                "glob: \"/usr/share/**\"", "glob: \"*.pem\"", .neverMatches, "16:36", "all begin with /",
                "\"**/*.pem\""),
            Mistake(
                "glob: \"/usr/share/**\"", "matches: \"^app/\"", .neverMatches, "16:39", "all begin with /",
                "\"^/app/\""),
        ])
    func matcher(mistake: Mistake) {
        mistake.check(Documents.diagnostics(replacing: mistake.old, with: mistake.new))
    }

    @Test(
        "a control that is none, or none any more, is told with what was meant",
        arguments: [
            Mistake(
                "control: PR.DS-1,", "control: PR.DS-3,", .unknownControl, "21:19",
                "no loaded framework has a control \"PR.DS-3\"", "\"PR.DS-01\""),
            Mistake(
                "control: PR.DS-1,", "control: pr.ds-02,", .unknownControl, "21:19", "\"pr.ds-02\"",
                "\"PR.DS-02\""),
            Mistake(
                "control: PR.DS-1,", "control: other/PR.DS-01,", .unknownControl, "21:19",
                "\"other/PR.DS-01\"", "\"PR.DS-01\""),
            Mistake(
                "control: PR.DS-1,", "control: PR.DS-5,", .withdrawnControl, "21:19",
                "is withdrawn from demo, use PR.DS-01 or PR.DS-02 instead: it was split"),
            Mistake(
                "control: PR.DS-1,", "control: PR.AC-1,", .withdrawnControl, "21:19", "use PR.DS-01 instead",
                "\"PR.DS-01\""),
            Mistake(
                "relation: direct", "relation: drect", .unknownValue, "21:38", "must be direct or indicator",
                "\"direct\""),
            Mistake(
                "\n      - {control: PR.DS-1, relation: direct, rationale: It is data at rest.}", " []",
                .tooFew, "20:15", "\"controls\" must not be empty"),
            Mistake(
                "rationale: It is data at rest.}",
                "rationale: It is.}\n      - {control: PR.DS-01, relation: indicator, rationale: Again.}",
                .duplicate, "22:19", "speaks to \"PR.DS-01\" of demo a second time"),
        ])
    func control(mistake: Mistake) {
        mistake.check(Documents.diagnostics(replacing: mistake.old, with: mistake.new))
    }
}
