import Model
import TOMLDocuments

/// One rule of gitleaks as a rule of ours.
struct GitleaksRule {
    let rule: DetectorRule
    /// What could not be carried over.
    private(set) var notes: [String] = []

    private static let keys: Set<String> = [
        "id", "description", "regex", "secretGroup", "entropy", "keywords", "path", "tags", "allowlist",
        "allowlists", "required", "skipReport",
    ]

    /// The rule that gitleaks calls `name`.
    init(
        name: String, _ table: [String: TOMLValue], _ shared: [GitleaksAllowlist], place: String
    ) throws(GitleaksRefusal) {
        var notes: [String] = []
        guard let regex = table["regex"]?.text, !regex.isEmpty else {
            throw GitleaksRefusal(reason: "it has no \"regex\", and goes by the path alone")
        }
        if table["required"] != nil {
            throw GitleaksRefusal(reason: "it asks for the match of other rules beside it (\"required\")")
        }
        if table["skipReport"]?.flag == true {
            throw GitleaksRefusal(reason: "it is only there for other rules (\"skipReport\")")
        }
        for key in table.keys.sorted() where !Self.keys.contains(key) {
            notes.append("the key \"\(key)\" is not known here")
        }
        if table["tags"] != nil { notes.append("\"tags\" are not kept") }
        guard let group = Int(exactly: table["secretGroup"]?.number ?? 0), (0...99).contains(group) else {
            throw GitleaksRefusal(reason: "\"secretGroup\" is no number of a group")
        }
        let pattern = try GitleaksPattern.translate(regex, secretGroup: group)
        notes += pattern.notes
        let keywords = try GitleaksAllowlist.texts(table, "keywords").map { $0.lowercased() }
        var path: String?
        if let text = table["path"]?.text { path = try GitleaksPattern.translate(text).text }
        let own = GitleaksAllowlist.all(in: table, of: "the rule")
        notes += own.notes
        let lists = own.lists + shared.filter { $0.targets.isEmpty || $0.targets.contains(name) }
        let title = table["description"]?.text.flatMap { $0.isEmpty ? nil : $0 } ?? name
        rule = DetectorRule(
            id: Self.id(name), title: title, kind: Self.kind(name), severity: .high, confidence: .medium,
            pattern: pattern.text, minimumEntropy: table["entropy"]?.number.flatMap { $0 > 0 ? $0 : nil },
            pathPattern: path, exceptions: lists.map(\.exception).filter { !$0.isEmpty }, keywords: keywords,
            isForeign: true,
            remediation: "Revoke it at its issuer, then hand a new one over at run time.",
            reference: "https://github.com/gitleaks/gitleaks", examples: [], counterexamples: [],
            source: place)
        self.notes = notes
    }

    /// `gitleaks.github-pat`: ids have lower-case letters, digits, dots and dashes here.
    private static func id(_ name: String) -> String {
        let parts = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".")) }
        let words = parts.map { $0.split(separator: ".").joined(separator: ".") }.filter { !$0.isEmpty }
        return "gitleaks." + (words.isEmpty ? "rule" : words.joined(separator: "-"))
    }

    private static func kind(_ name: String) -> FindingKind {
        if name.contains("private-key") { return .privateKey }
        return name.contains("generic") ? .genericCredential : .serviceCredential
    }
}
