import Evaluation
package import Model

/// What one policy says otherwise than another: of its rules, and of stored evidence.
package enum PolicyDifference {
    /// A line for each difference, and whether there is none.
    package static func lines(
        from old: String, to new: String, over evidence: [StoredEvidence], asOf: Instant
    ) throws(AuditError) -> (lines: [String], isNone: Bool) {
        let before = try PolicySources.policy(PolicySelection(paths: [old])).policy
        let after = try PolicySources.policy(PolicySelection(paths: [new])).policy
        var lines = ruleLines(before, after)
        let limits = after.waiverLimits.words(after: before.waiverLimits)
        if !limits.isEmpty { lines.append("~ waivers  \(limits)") }
        lines += anchorLines(before, after)
        let (judgeBefore, judgeAfter) = (Evaluator(before), Evaluator(after))
        for document in evidence {
            let images = try EvidenceInput.read(document).images(of: document.place)
            for facts in images {
                let place = images.count == 1 ? document.place : "\(document.place): \(facts.image.digest)"
                lines += lineList(
                    place, judgeBefore.assess(facts, asOf: asOf), judgeAfter.assess(facts, asOf: asOf))
            }
        }
        return (lines, lines.isEmpty)
    }

    private static func ruleLines(_ before: Policy, _ after: Policy) -> [String] {
        let old = Dictionary(uniqueKeysWithValues: before.rules.map { ($0.id, $0) })
        let new = Dictionary(uniqueKeysWithValues: after.rules.map { ($0.id, $0) })
        return Set(old.keys).union(new.keys).sorted().flatMap { id -> [String] in
            switch (old[id], new[id]) {
            case (let rule?, nil): ["- \(id)  \(rule.effect.rawValue) \(rule.severity.rawValue)"]
            case (nil, let rule?): ["+ \(id)  \(rule.effect.rawValue) \(rule.severity.rawValue)"]
            case (let before?, let after?): after.changes(from: before).map { "~ \(id)  \($0)" }
            case (nil, nil): []
            }
        }
    }

    private static func anchorLines(_ before: Policy, _ after: Policy) -> [String] {
        let old = Set(before.anchors.map(facts))
        let new = Set(after.anchors.map(facts))
        return old.subtracting(new).sorted().map { "- anchor \($0)" }
            + new.subtracting(old).sorted().map { "+ anchor \($0)" }
    }

    /// All of an anchor that decides anything.
    private static func facts(_ anchor: TrustAnchor) -> String {
        let until = anchor.until.map { " until \($0.day)" } ?? ""
        return "\(anchor.name) \(anchor.sha256 ?? anchor.spki ?? "")\(until)"
    }

    private static func lineList(_ place: String, _ before: Assessment, _ after: Assessment) -> [String] {
        var lines: [String] = []
        func note(_ what: String, _ old: Status?, _ new: Status?) {
            guard old != new else { return }
            lines.append(
                "\(place): \(what)  \(old?.rawValue ?? "not there") → \(new?.rawValue ?? "not there")")
        }
        note("image", before.status, after.status)
        let old = before.rules.map { (key: $0.id, status: $0.status) }
        let new = after.rules.map { (key: $0.id, status: $0.status) }
        for change in changes(from: old, to: new).sorted(by: { $0.key < $1.key }) {
            note(change.key, change.old, change.new)
        }
        func controls(_ assessment: Assessment) -> [(key: ControlName, status: Status)] {
            assessment.controls.map { (ControlName(framework: $0.framework, control: $0.id), $0.status) }
        }
        let changed = changes(from: controls(before), to: controls(after))
        for change in changed.sorted(by: {
            ($0.key.framework, $0.key.control) < ($1.key.framework, $1.key.control)
        }) {
            note(change.key.control, change.old, change.new)
        }
        return lines
    }

    /// What has another status, is new or is gone.
    private static func changes<Key: Hashable>(
        from old: [(key: Key, status: Status)], to new: [(key: Key, status: Status)]
    ) -> [(key: Key, old: Status?, new: Status?)] {
        // Two policies mostly have the same controls, in the same order.
        if old.elementsEqual(new, by: { $0.key == $1.key }) {
            return zip(old, new).compactMap { old, new in
                old.status == new.status ? nil : (old.key, old.status, new.status)
            }
        }
        let was = Dictionary(old.map { ($0.key, $0.status) }) { first, _ in first }
        let became = Dictionary(new.map { ($0.key, $0.status) }) { first, _ in first }
        return Set(was.keys).union(became.keys).compactMap { key in
            was[key] == became[key] ? nil : (key, was[key], became[key])
        }
    }
}
