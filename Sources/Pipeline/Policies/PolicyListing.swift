import Evaluation
import Model
import PolicyLoading

/// What `policy check` and `policy list` print.
package enum PolicyListing {
    /// The policy in a few lines, how its rules speak to each framework, what people signed, and how many cases test it;
    /// what is broken is thrown with every diagnostic.
    ///
    /// What people signed, and authorities that images may trust, are held against the policy beside them, or else the
    /// baseline.
    package static func check(
        _ paths: [String], listingControls: Bool = false
    ) throws(AuditError) -> [String] {
        let given = try PolicySources.named(by: paths, withTests: true)
        let signOffs = given.filter(PolicySources.isSignOff)
        let policies = given.filter { !PolicySources.isTest($0) && !PolicySources.isSignOff($0) }
        let isComplete = !policies.allSatisfy { $0.isOf(.trustAnchors) }
        var lines: [String] = []
        if !policies.isEmpty || !signOffs.isEmpty {
            let stated = isComplete ? policies : try PolicySources.named(by: []) + policies
            lines = try self.lines(
                on: PolicyDocuments(policy: PolicySources.completed(stated), signOffs: signOffs),
                listingControls)
        }
        guard given.contains(where: PolicySources.isTest) else { return lines }
        return try lines
            + PolicyTrials.load(from: PolicySources.trials(of: given)).map {
                "policy \($0.policy.id): \($0.trials.count == 1 ? "1 case tests" : "\($0.trials.count) cases test") it"
            }
    }

    private static func lines(
        on documents: PolicyDocuments, _ listingControls: Bool
    ) throws(AuditError) -> [String] {
        let loaded = try PolicySources.load(documents)
        let policy = loaded.policy
        var lines = ["policy \(policy.id): \(policy.rules.count) rules, digest \(policy.digest)"]
        for framework in policy.frameworks {
            let coverage = FrameworkCoverage(framework, of: policy)
            lines.append(
                "\(framework.title) \(framework.edition): \(framework.controls.count) controls, "
                    + coverage.groups.map { "\($0.controls.count) \($0.words)" }.joined(separator: ", "))
            guard listingControls else { continue }
            for group in coverage.groups where !group.controls.isEmpty {
                lines.append("  \(group.words)")
                lines += Columns.wrapped(group.controls)
            }
        }
        if let digest = loaded.signOffs.digest {
            let counts = [
                (loaded.signOffs.waivers.count, "waiver"),
                (loaded.signOffs.attestations.count, "attestation"),
            ]
            let words = counts.filter { $0.0 > 0 }.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }
            lines.append("signed: \(words.joined(separator: ", ")), digest \(digest)")
        }
        return lines
    }

    /// A few lines a rule: what it is called, what a match means, what it needs, and the controls it speaks to.
    package static func rules(_ selection: PolicySelection) throws(AuditError) -> [String] {
        try PolicySources.policy(selection).policy.rules.flatMap { rule in
            let needs = rule.requires.map(\.rawValue).joined(separator: ", ")
            let heading = "\(rule.id)  \(rule.effect.rawValue) \(rule.severity.rawValue), needs \(needs)"
            return [heading] + Columns.wrapped([rule.title]) + Columns.wrapped(rule.controls.map(\.control))
        }
    }

    /// A line a control, and below it the rules that speak to it.
    package static func controls(_ selection: PolicySelection) throws(AuditError) -> [String] {
        let policy = try PolicySources.policy(selection).policy
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

    /// The kinds of documents there are.
    package static let kinds = DocumentKind.allCases.map(\.rawValue)

    /// The JSON Schema of a kind of document; nothing for one that there is not.
    package static func schema(of kind: String) -> [String] {
        DocumentKind(rawValue: kind).map { [String(DocumentSchema.text(of: $0).dropLast())] } ?? []
    }
}
