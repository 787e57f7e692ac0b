import Model

/// What `policy check` and `policy list` print.
package enum PolicyListing {
    /// The policy in a few lines; broken policy is thrown with every diagnostic.
    package static func check(_ selection: PolicySelection) throws(AuditError) -> [String] {
        let policy = try PolicySources.policy(selection)
        var lines = ["policy \(policy.id): \(policy.rules.count) rules, digest \(policy.digest)"]
        for framework in policy.frameworks {
            let edges = policy.rules.flatMap(\.controls).filter { $0.framework == framework.id }
            let direct = Set(edges.filter { $0.relation == .direct }.map(\.control))
            let indicated = Set(edges.map(\.control)).subtracting(direct)
            let unreachable = framework.controls.count { $0.reach == .none }
            lines.append(
                "\(framework.title) \(framework.edition): \(framework.controls.count) controls, \(direct.count) spoken to "
                    + "directly, \(indicated.count) by indicator, \(unreachable) that no image can speak to")
        }
        return lines
    }

    /// A few lines a rule: what it is called, what a match means, what it needs, and the controls it speaks to.
    package static func rules(_ selection: PolicySelection) throws(AuditError) -> [String] {
        try PolicySources.policy(selection).rules.flatMap { rule in
            let needs = rule.requires.map(\.rawValue).joined(separator: ", ")
            let heading = "\(rule.id)  \(rule.effect.rawValue) \(rule.severity.rawValue), needs \(needs)"
            return [heading] + Columns.wrapped([rule.title]) + Columns.wrapped(rule.controls.map(\.control))
        }
    }

    /// A line a control, and below it the rules that speak to it.
    package static func controls(_ selection: PolicySelection) throws(AuditError) -> [String] {
        let policy = try PolicySources.policy(selection)
        let edges = policy.rules.flatMap { rule in rule.controls.map { (rule: rule.id, edge: $0) } }
        return policy.frameworks.flatMap { framework in
            framework.controls.flatMap { control in
                let rules = edges.filter {
                    $0.edge.framework == framework.id && $0.edge.control == control.id
                }
                return ["\(control.id)  \(control.reach.rawValue)  \(control.title)"]
                    + Columns.wrapped(rules.map(\.rule))
            }
        }
    }
}

/// Text laid out for a terminal.
enum Columns {
    /// The words on as many indented lines as it takes to stay within 80 columns.
    static func wrapped(_ words: [String]) -> [String] {
        let words = words.flatMap { $0.split(separator: " ") }
        return words.reduce(into: []) { (lines: inout [String], word) in
            if let last = lines.last, last.count + 1 + word.count <= 80 {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append("    " + word)
            }
        }
    }

    /// Rows in columns as wide as their widest cell.
    static func aligned(_ rows: [[String]]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return cells.joined(separator: "  ").trimmingSuffix(while: { $0 == " " })
        }
    }
}

extension String {
    /// The text without the characters at its end that `isUnwanted` holds for.
    fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> String {
        var end = endIndex
        while end > startIndex, isUnwanted(self[index(before: end)]) { end = index(before: end) }
        return String(self[..<end])
    }
}
