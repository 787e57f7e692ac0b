internal import Model

extension ControlResult {
    /// The result of a control, given the rules that speak to it in order of their ids.
    init(_ control: Control, of framework: String, contributions: [Contribution]) {
        let parts = contributions.map { StatusLattice.Part(relation: $0.relation, status: $0.status) }
        let status = StatusLattice.control(control.reach, parts)
        self.init(
            framework: framework, id: control.id, title: control.title, group: control.group,
            reach: control.reach, status: status,
            reason: Self.reason(control, status, contributions), contributions: contributions)
    }

    private static func reason(
        _ control: Control, _ status: Status, _ contributions: [Contribution]
    ) -> String {
        func rules(_ statuses: Status...) -> String {
            let named = contributions.filter { statuses.contains($0.status) }.map(\.rule)
            return Phrase.list(Array(Set(named)).sorted(), limit: 3)
        }
        func direct(_ status: Status) -> [Contribution] {
            contributions.filter { $0.relation == .direct && $0.status == status }
        }
        let notCovered = control.cannotSay.map { "; what no image shows: \($0)" } ?? ""
        switch status {
        case .fail:
            let broken = Phrase.list(direct(.fail).map(\.rule), limit: 3)
            let open = rules(.notAssessed, .error)
            return "broken by \(broken)" + (open.isEmpty ? "" : "; not assessed: \(open)")
        case .error: return "judging \(rules(.error)) went wrong"
        case .warn: return "\(rules(.fail, .warn)) found something to look at"
        case .waived: return "\(rules(.waived)) is broken and the risk was accepted"
        case .pass:
            let met = "met as far as \(Phrase.count(direct(.pass).count, "rule")) can tell"
            return control.reach == .decides ? met : met + notCovered
        case .notApplicable: return "\(rules(.notApplicable)) is not about this image"
        case .notAssessed: return "not assessed, because \(rules(.notAssessed, .manual)) is not"
        case .manual: return manualReason(control, contributions)
        }
    }

    private static func manualReason(_ control: Control, _ contributions: [Contribution]) -> String {
        switch control.reach {
        case .none: return "no image can tell; a person must judge it"
        case _ where contributions.isEmpty:
            return "no rule in this policy speaks to it; a person must judge it"
        case .fleet where contributions.contains { $0.status == .notAssessed }:
            let open = Set(contributions.filter { $0.status == .notAssessed }.map(\.rule)).sorted()
            return
                "only many images of the fleet together can tell, and \(Phrase.list(open, limit: 3)) could not be assessed; a person must judge it"
        case .fleet: return "only many images of the fleet together can tell; a person must judge it"
        case .indicates where contributions.contains { $0.status == .notAssessed }:
            return
                "an image holds hints at most, and not all of them could be looked for; a person must judge it"
        case .indicates: return "an image holds hints at most, and none was found; a person must judge it"
        case .partial, .decides:
            return "only hints were looked for, and their absence proves nothing; a person must judge it"
        }
    }
}
