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
            let name = "allowlist \(number + 1) of \(owner)"
            guard let table = value.table else {
                notes.append("\(name): is left out: it is no table")
                continue
            }
            do throws(GitleaksRefusal) {
                lists.append(try GitleaksAllowlist(table, name, &notes))
            } catch {
                notes.append("\(name): is left out: \(error.reason)")
            }
        }
        return (lists, notes)
    }

    private init(
        _ table: [String: TOMLValue], _ name: String, _ notes: inout [String]
    ) throws(GitleaksRefusal) {
        for key in table.keys.sorted() where !Self.keys.contains(key) {
            notes.append("\(name): the key \"\(key)\" is not known here")
        }
        let needsAll = try Self.needsAll(table["condition"])
        if !(try Self.texts(table, "commits")).isEmpty {
            // An image has no commits, so what asks for one never holds.
            guard !needsAll else { throw GitleaksRefusal(reason: "\"commits\" never holds of an image") }
            notes.append("\(name): \"commits\" says nothing of an image")
        }
        let target = try Self.target(table["regexTarget"])
        func patterns(_ key: String) throws(GitleaksRefusal) -> [String] {
            var patterns: [String] = []
            for text in try Self.texts(table, key) {
                do throws(GitleaksRefusal) {
                    patterns.append(try GitleaksPattern.translate(text).text)
                } catch {
                    // A condition that lost a pattern would hold more often than it should.
                    guard !needsAll else { throw error }
                    notes.append("\(name): a pattern of \"\(key)\" is left out: \(error.reason)")
                }
            }
            return patterns
        }
        exception = DetectorException(
            paths: try patterns("paths"), patterns: try patterns("regexes"), target: target,
            words: try Self.texts(table, "stopwords").map { $0.lowercased() }, needsAll: needsAll)
        targets = Set(try Self.texts(table, "targetRules"))
    }

    private static func needsAll(_ value: TOMLValue?) throws(GitleaksRefusal) -> Bool {
        guard let value else { return false }
        switch value.text?.uppercased() {
        case "OR", "||": return false
        case "AND", "&&": return true
        default: throw GitleaksRefusal(reason: "its \"condition\" is neither AND nor OR")
        }
    }

    private static func target(_ value: TOMLValue?) throws(GitleaksRefusal) -> DetectorException.Target {
        guard let value, value.text != "secret" else { return .secret }
        guard let target = value.text.flatMap({ DetectorException.Target(rawValue: $0) }) else {
            throw GitleaksRefusal(reason: "its \"regexTarget\" is not known here")
        }
        return target
    }

    /// The texts under `key`, of which gitleaks takes one without a list as well; none where nothing is there.
    static func texts(_ table: [String: TOMLValue], _ key: String) throws(GitleaksRefusal) -> [String] {
        guard let value = table[key] else { return [] }
        if let text = value.text { return [text] }
        let texts = (value.list ?? []).compactMap(\.text)
        guard let list = value.list, list.count == texts.count else {
            throw GitleaksRefusal(reason: "\"\(key)\" is no list of texts")
        }
        return texts
    }
}
