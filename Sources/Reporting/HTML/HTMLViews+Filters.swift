internal import Model

extension HTMLViews {
    /// By the status of a control.
    var controlFilter: TemplateView {
        let controls = report.scorecards.flatMap(\.controls)
        return filter(
            "Status", group: "control", all: controls.count,
            options: Status.byAttention.compactMap { status in
                let count = controls.count { $0.status == status }
                return count == 0 ? nil : (.word(status), status.label, count)
            })
    }

    /// By severity, and by what became of the places: of one subject, some may be deleted and others not.
    var findingFilters: [TemplateView] {
        let subjects = report.subjects
        let states = subjects.reduce(into: [Persistence: Int]()) { counts, subject in
            for state in Set(subject.placements.lazy.map(\.persistence)) { counts[state, default: 0] += 1 }
        }
        return [
            filter(
                "Severity", group: "severity", all: subjects.count,
                options: Severity.allCases.reversed().compactMap { severity in
                    let count = subjects.count { $0.severity == severity }
                    return count == 0 ? nil : (.word(severity), .word(severity), count)
                }),
            filter(
                "Place", group: "place", all: subjects.count,
                options: Persistence.allCases.compactMap { persistence in
                    let count = states[persistence] ?? 0
                    return count == 0 ? nil : (.word(persistence), .word(persistence), count)
                }),
        ]
    }
}
