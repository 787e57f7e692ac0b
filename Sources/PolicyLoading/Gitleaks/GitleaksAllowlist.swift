import Model
import TOMLDocuments

/// An allowlist of gitleaks as an exception of ours.
struct GitleaksAllowlist {
    let exception: DetectorException
    /// The rules it is for; empty for all that have it.
    let targets: Set<String>

    private static let keys: Set<String> = [
        "description", "condition", "commits", "paths", "regexes", "regexTarget", "stopwords", "targetRules",
    ]

    /// The allowlists of a rule or of a file, in both of the forms they are written in.
    static func all(
        in table: [String: TOMLValue], of owner: String
    ) -> (lists: [GitleaksAllowlist], notes: [String]) {
        var lists: [GitleaksAllowlist] = []
        var notes: [String] = []
        let tables = (table["allowlists"]?.list ?? []) + [table["allowlist"]].compactMap(\.self)
        for (number, value) in tables.enumerated() {
            guard let table = value.table else { continue }
            let list = GitleaksAllowlist(table, "allowlist \(number + 1) of \(owner)", &notes)
            if let list { lists.append(list) }
        }
        return (lists, notes)
    }

    private init?(_ table: [String: TOMLValue], _ name: String, _ notes: inout [String]) {
        for key in table.keys.sorted() where !Self.keys.contains(key) {
            notes.append("\(name): the key \"\(key)\" is not known here")
        }
        let condition = table["condition"]?.text?.uppercased() ?? "OR"
        let needsAll = condition == "AND" || condition == "&&"
        if !(table["commits"]?.list ?? []).isEmpty {
            // An image has no commits, so what asks for one never holds.
            notes.append(
                "\(name): \"commits\" says nothing of an image"
                    + (needsAll ? ", so that it never holds and is left out" : ""))
            if needsAll { return nil }
        }
        var target = DetectorException.Target.secret
        if let text = table["regexTarget"]?.text, text != "secret" {
            guard let named = DetectorException.Target(rawValue: text) else {
                notes.append("\(name): is left out: regexTarget \"\(text)\" is not known here")
                return nil
            }
            target = named
        }
        func patterns(_ key: String) -> [String] {
            Self.texts(table[key]).compactMap { text in
                do throws(GitleaksRefusal) {
                    return try GitleaksPattern.translate(text).text
                } catch {
                    notes.append("\(name): a pattern of \"\(key)\" is left out: \(error.reason)")
                    return nil
                }
            }
        }
        let paths = patterns("paths")
        let regexes = patterns("regexes")
        let isWhole = paths.count == Self.texts(table["paths"]).count
        // A condition that lost its only pattern would hold more often than it should.
        if needsAll, !isWhole || regexes.count != Self.texts(table["regexes"]).count {
            notes.append("\(name): is left out, since all of it would have to hold")
            return nil
        }
        exception = DetectorException(
            paths: paths, patterns: regexes, target: target,
            words: Self.texts(table["stopwords"]).map { $0.lowercased() }, needsAll: needsAll)
        targets = Set(Self.texts(table["targetRules"]))
    }

    static func texts(_ value: TOMLValue?) -> [String] { (value?.list ?? []).compactMap(\.text) }
}
