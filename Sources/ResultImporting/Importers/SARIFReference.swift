/// What names a rule of a SARIF run: its id, its number, or both.
struct SARIFReference {
    let id: String?
    private let index: Int?
    /// The extension that has the rule; nil where the tool itself has it.
    private let component: Int?

    /// The reference of a result, which may stand in `rule` or beside it.
    init(ofResult result: JSONValue) {
        let rule = result["rule"]
        id = result["ruleId"]?.text ?? rule?["id"]?.text
        index = result["ruleIndex"]?.number ?? rule?["index"]?.number
        component = rule?[path: "toolComponent", "index"]?.number
    }

    init(_ descriptor: JSONValue) {
        id = descriptor["id"]?.text
        index = descriptor["index"]?.number
        component = descriptor[path: "toolComponent", "index"]?.number
    }

    /// About how many bytes it takes.
    var weight: Int { 100 + (id?.utf8.count ?? 0) }

    /// The rule that it names by number, or else by id: as the rule has it, or with more parts behind a slash.
    func rule(in rules: SARIFRules) -> SARIFRule? {
        if let rule = rules[component, index], id.map({ Self.isOf(rule, $0) }) ?? true { return rule }
        guard var name = id?[...] else { return nil }
        while true {
            if let rule = rules[String(name)] { return rule }
            guard let slash = name.lastIndex(of: "/") else { return nil }
            name = name[..<slash]
        }
    }

    private static func isOf(_ rule: SARIFRule, _ id: String) -> Bool {
        id == rule.id || !rule.id.isEmpty && id.hasPrefix(rule.id + "/")
    }
}

/// The rules of a SARIF run, all of them known.
struct SARIFRules {
    /// Those of the tool, then of each of its extensions.
    private let parts: [[SARIFRule]]
    private let byID: [String: SARIFRule]

    init(_ parts: [[SARIFRule]]) {
        self.parts = parts
        byID = Dictionary(parts.joined().map { ($0.id, $0) }) { first, _ in first }
    }

    subscript(id: String) -> SARIFRule? { byID[id] }

    subscript(component: Int?, index: Int?) -> SARIFRule? {
        let part = component.map { $0 + 1 } ?? 0
        guard let index, parts.indices.contains(part), parts[part].indices.contains(index) else { return nil }
        return parts[part][index]
    }
}
