import Model
import TOMLDocuments

/// A rule file of gitleaks: its rules as ours, and what of them could not be carried over.
///
/// What decides whether something is found is carried over or said to be not, rule by rule: nothing falls away in
/// silence. A rule that would find what it is not meant to find is left out as a whole.
struct GitleaksFile {
    private let source: PolicySource
    /// Of each rule's table, in order; empty where the text does not show them.
    private let lines: [Int]
    private var notes: [String] = []
    private var diagnostics: [Diagnostic] = []

    /// The rules of `source`, whose ids must differ from those of `known`.
    static func read(
        _ source: PolicySource, known: [DetectorRule]
    ) throws(PolicyDiagnostics) -> DetectorSelection {
        let root: [String: TOMLValue]
        let text = String(decoding: source.bytes, as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        do throws(TOMLError) {
            root = try TOMLDocument.parse(source.bytes)
        } catch {
            // What has no rules may be a file with credentials that somebody named by mistake.
            let isOurs = text.contains("[[rules") || text.contains("[allowlist")
            let line = isOurs && lines.indices.contains(error.line - 1) ? lines[error.line - 1] : ""
            throw PolicyDiagnostics(
                Diagnostic(
                    .malformed, file: source.path, line: error.line, column: error.column,
                    message: "no TOML: \(error.reason)", sourceLine: line))
        }
        var file = GitleaksFile(source: source, tables: lines)
        let rules = file.rules(of: root)
        file.refuseDuplicates(rules, known)
        if let diagnostics = PolicyDiagnostics(file.diagnostics) { throw diagnostics }
        return DetectorSelection(rules: rules, notes: file.notes.sorted())
    }

    private init(source: PolicySource, tables lines: [String]) {
        self.source = source
        self.lines = lines.indices.filter {
            lines[$0].drop { $0 == " " || $0 == "\t" }.hasPrefix("[[rules]]")
        }.map { $0 + 1 }
    }

    private static let keys: Set<String> = [
        "title", "description", "minVersion", "extend", "rules", "allowlist", "allowlists",
    ]

    private mutating func rules(of root: [String: TOMLValue]) -> [DetectorRule] {
        for key in root.keys.sorted() where !Self.keys.contains(key) {
            note("the key \"\(key)\" is not known here")
        }
        for (key, value) in (root["extend"]?.table ?? [:]).sorted(by: { $0.key < $1.key }) {
            note(
                "\"extend.\(key)\" is not followed\(value.flag == true ? ": only what stands in this file is used" : "")"
            )
        }
        let tables = root["rules"]?.list ?? []
        if tables.isEmpty { report(.tooFew, line: 1, "holds no table [[rules]]") }
        var shared = GitleaksAllowlist.all(in: root, of: "the file")
        notes += shared.notes.map { "\(source.path): \($0)" }
        // Without this nothing would tell for which rules it is.
        shared.lists.removeAll { $0.exception.isEmpty }
        let known = lines.count == tables.count ? lines : []
        return tables.enumerated().compactMap { index, value in
            guard let table = value.table else {
                report(.notMapping, line: 1, "entry \(index + 1) of \"rules\" is no table")
                return nil
            }
            return rule(table, line: known.isEmpty ? nil : known[index], shared.lists)
        }
    }

    private mutating func rule(
        _ table: [String: TOMLValue], line: Int?, _ shared: [GitleaksAllowlist]
    ) -> DetectorRule? {
        guard let name = table["id"]?.text, !name.isEmpty else {
            report(.missingKey, line: line ?? 1, "a rule needs the key \"id\"")
            return nil
        }
        let place = line.map { "\(source.path):\($0)" } ?? source.path
        do throws(GitleaksRefusal) {
            let draft = try GitleaksRule(name: name, table, shared, place: place)
            notes += draft.notes.map { "\(place): rule \(name): \($0)" }
            return draft.rule
        } catch {
            notes.append("\(place): rule \(name) is left out: \(error.reason)")
            return nil
        }
    }

    private mutating func refuseDuplicates(_ rules: [DetectorRule], _ known: [DetectorRule]) {
        var first = Dictionary(known.map { ($0.id, $0.source) }) { first, _ in first }
        for rule in rules {
            if let other = first[rule.id] {
                let line = rule.source.split(separator: ":").last.flatMap { Int($0) } ?? 1
                report(
                    .duplicate, line: line,
                    "the detector \(DisplayText.quoted(rule.id)) stands here a second time, first at \(other)"
                )
            } else {
                first[rule.id] = rule.source
            }
        }
    }

    private mutating func note(_ text: String) { notes.append("\(source.path): \(text)") }

    private mutating func report(_ code: Diagnostic.Code, line: Int, _ message: String) {
        diagnostics.append(Diagnostic(code, file: source.path, line: line, column: 1, message: message))
    }
}

/// Why a rule of gitleaks cannot be one of ours.
struct GitleaksRefusal: Error {
    let reason: String
}
