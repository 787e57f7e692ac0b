import Model
import YAMLDocuments

/// What a policy changes of those it extends: each with a reason, which reports tell.
enum TailoringForm {
    /// A parameter and its new value.
    struct Setting {
        let parameter: Located<String>
        let value: Located<Int>
        let reason: String
    }

    /// A rule and what is different about it.
    struct Override {
        let rule: Located<String>
        let severity: Severity?
        let effect: Rule.Effect?
        let atMost: Int?
        let appliesTo: Matcher?
        let remediation: String?
        let reason: String
    }

    /// A rule that is left out.
    struct Disabling {
        let rule: Located<String>
        let reason: String
    }

    static let setting: ValueForm<Setting> = mapping(
        "a setting", "a parameter of a policy that this one extends, and its value",
        required("parameter", located(Values.reference(to: .parameter, .dottedName)), "its name"),
        required("value", located(Parameter.value), "within the parameter's bounds: 90, or 90d"),
        required("reason", Values.text, "why; reports tell")
    ) { _, _, parameter, value, reason in Setting(parameter: parameter, value: value, reason: reason) }

    static let override: ValueForm<Override> = mapping(
        "an override", "a rule of a policy that this one extends, made stricter or milder",
        required("rule", located(Values.reference(to: .rule, .dottedName)), "its id"),
        optional("severity", Values.choice(Severity.self), "how bad breaking it is"),
        optional("effect", Values.choice(Rule.Effect.self), "what breaking it means"),
        optional("atMost", RuleForm.tolerance, "how many things may break it"),
        optional("appliesTo", MatcherForm.form { _ in .image }, "the images it is about"),
        optional("remediation", Values.text, "what to do about it"),
        required("reason", Values.text, "why; reports tell")
    ) { _, _, rule, severity, effect, atMost, appliesTo, remediation, reason in
        Override(
            rule: rule, severity: severity, effect: effect, atMost: atMost, appliesTo: appliesTo,
            remediation: remediation, reason: reason)
    }
    .then { override, node, reading in
        let changes = ["severity", "effect", "atMost", "appliesTo", "remediation"]
        if !changes.contains(where: { node[$0] != nil }) {
            reading.report(
                .missingKey, at: node.mark,
                "an override changes nothing: it needs \(DisplayText.list(changes))")
        }
        return override
    }

    static let disabling: ValueForm<Disabling> = mapping(
        "a rule to disable", "a rule of a policy that this one extends, left out",
        required("rule", located(Values.reference(to: .rule, .dottedName)), "its id"),
        required("reason", Values.text, "why; reports tell")
    ) { _, _, rule, reason in Disabling(rule: rule, reason: reason) }

    private static func located<Value>(_ form: ValueForm<Value>) -> ValueForm<Located<Value>> {
        form.then { value, node, _ in Located(value: value, mark: node.mark) }
    }
}

/// How far a policy's rules can be waived.
enum WaiverLimitsForm {
    static let form: ValueForm<WaiverLimits> = mapping(
        "waiver limits", "how far the policy's rules can be waived",
        optional("critical", days, "days at most for a critical rule; 30 where left out"),
        optional("high", days, "for a high one; 90"),
        optional("medium", days, "for a medium one; 180"),
        optional("low", days, "for a low one; 365"),
        optional("info", days, "for an info one; 365"),
        optional("subjects", days, "how many things one waiver may cover in an image; 10"),
        optional("notice", days, "days before its end from which a waiver is expiring; 14")
    ) { _, _, critical, high, medium, low, info, subjects, notice in
        let usual = WaiverLimits.usual
        let given: [(Severity, Int?)] = [
            (.critical, critical), (.high, high), (.medium, medium), (.low, low), (.info, info),
        ]
        var days = usual.days
        for case (let severity, let most?) in given { days[severity] = most }
        return WaiverLimits(
            days: days, subjects: subjects ?? usual.subjects, notice: notice ?? usual.notice)
    }

    private static let days = Values.integer(in: 0...3_660)
}
