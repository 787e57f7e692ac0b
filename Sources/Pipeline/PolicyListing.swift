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

    /// One line a rule.
    package static func rules(_ selection: PolicySelection) throws(AuditError) -> [String] {
        let policy = try PolicySources.policy(selection)
        return Columns.aligned(
            policy.rules.map { rule in
                [
                    rule.id, rule.effect.rawValue, rule.severity.rawValue,
                    rule.requires.map(\.rawValue).joined(separator: "+"),
                    rule.controls.map(\.control).joined(separator: " "),
                ]
            })
    }

    /// One line a control.
    package static func controls(_ selection: PolicySelection) throws(AuditError) -> [String] {
        let policy = try PolicySources.policy(selection)
        let edges = policy.rules.flatMap { rule in rule.controls.map { (rule: rule.id, edge: $0) } }
        return Columns.aligned(
            policy.frameworks.flatMap { framework in
                framework.controls.map { control in
                    let rules = edges.filter {
                        $0.edge.framework == framework.id && $0.edge.control == control.id
                    }
                    return [
                        control.id, control.reach.rawValue, control.title,
                        rules.map(\.rule).joined(separator: " "),
                    ]
                }
            })
    }
}

/// Text in columns as wide as their widest cell.
enum Columns {
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
