extension Rule {
    /// What is different from how it was, in words; empty where nothing is.
    package func changes(from old: Rule) -> [String] {
        var changes: [String] = []
        if severity != old.severity { changes.append("severity \(old.severity) → \(severity)") }
        if effect != old.effect { changes.append("effect \(old.effect) → \(effect)") }
        if atMost != old.atMost { changes.append("at most \(old.atMost) → \(atMost)") }
        if isOptional != old.isOptional {
            changes.append(isOptional ? "is optional" : "is not optional any more")
        }
        if Set(requires) != Set(old.requires) || Set(detectors) != Set(old.detectors) {
            changes.append("needs other evidence")
        }
        if appliesTo != old.appliesTo { changes.append("is about other images") }
        if subject != old.subject || matcher != old.matcher {
            changes.append("is broken by other things: \(matcher.words)")
        }
        if Set(controls) != Set(old.controls) { changes.append("speaks otherwise of controls") }
        if remediation != old.remediation { changes.append("another remediation") }
        return changes
    }
}

extension WaiverLimits {
    /// What is different from how they were, in words.
    package func words(after old: WaiverLimits) -> String {
        var changes = Severity.allCases.reversed().filter { days(for: $0) != old.days(for: $0) }
            .map { "\($0) \(old.days(for: $0)) → \(days(for: $0)) days" }
        if subjects != old.subjects { changes.append("things \(old.subjects) → \(subjects)") }
        if notice != old.notice { changes.append("notice \(old.notice) → \(notice) days") }
        return changes.joined(separator: ", ")
    }
}
