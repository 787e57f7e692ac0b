/// One call of a SARIF tool: how it went, and what it was told of rules.
struct SARIFInvocation {
    /// What the call changed of a rule.
    private struct Override {
        let rule: SARIFReference
        let level: String?
        let isOff: Bool
    }

    /// Why not all was done that was to be; none where it went well.
    let troubles: [String]
    private let overrides: [Override]

    init(_ call: JSONValue) {
        let notes = ["toolExecutionNotifications", "toolConfigurationNotifications"].flatMap {
            call[$0]?.list ?? []
        }
        let errors = notes.count { $0["level"]?.text == "error" }
        troubles =
            (call["executionSuccessful"]?.flag == false ? ["says that it did not succeed"] : [])
            + (errors == 0 ? [] : ["reports \(errors == 1 ? "an error" : "\(errors) errors")"])
        overrides = (call["ruleConfigurationOverrides"]?.list ?? []).compactMap { change in
            guard let descriptor = change["descriptor"], let configuration = change["configuration"] else {
                return nil
            }
            return Override(
                rule: SARIFReference(descriptor), level: configuration["level"]?.rating,
                isOff: configuration["enabled"]?.flag == false)
        }
    }

    /// How many rules it was told not to apply.
    var silenced: Int { overrides.count(where: \.isOff) }

    /// The levels that it gives rules other than their own, by the rules' ids.
    func levels(of rules: SARIFRules) -> [String: String] {
        var levels: [String: String] = [:]
        for override in overrides {
            guard let id = override.rule.rule(in: rules)?.id ?? override.rule.id else { continue }
            levels[id] = override.level ?? levels[id]
        }
        return levels
    }
}
