internal import Model

/// One table of everything, for a spreadsheet: the image, its rules, controls, findings place by place, and gaps.
struct CSVFormat: ReportFormat {
    let id = "csv"
    let fileName = "report.csv"
    let mediaType = "text/csv"
    let summary = "one table of rules, controls, findings and gaps, safe to open in a spreadsheet"

    private static let columns: [SafeText] = [
        "record", "id", "title", "status", "severity", "reason", "place", "layer", "now", "origin",
        "fingerprint",
        "framework", "rules", "what to do", "image", "digest",
    ]

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        var table = CSVTable(columns: Self.columns)
        func add(_ record: SafeText, _ cells: [SafeText: SafeText?]) {
            let common: [SafeText: SafeText?] = [
                "record": record, "image": report.image.name, "digest": report.image.digest,
            ]
            table.add(common.merging(cells) { $1 }.compactMapValues(\.self))
        }
        add(
            "image",
            [
                "id": report.image.digest, "title": report.verdict.headline,
                "status": .word(report.verdict.status), "reason": report.verdict.reason,
            ])
        for rule in report.rules {
            add(
                "rule",
                [
                    "id": rule.id, "title": rule.title, "status": .word(rule.status),
                    "severity": .word(rule.severity), "reason": rule.reason, "what to do": rule.remediation,
                ])
        }
        for scorecard in report.scorecards {
            for control in scorecard.controls {
                add(
                    "control",
                    [
                        "id": control.id, "title": control.title, "status": .word(control.status),
                        "reason": control.reason, "framework": scorecard.id,
                        "rules": .joined(control.contributions.map(\.rule), by: " "),
                    ])
            }
        }
        for subject in report.subjects { addPlaces(of: subject, add) }
        for gap in report.gaps {
            add("gap", ["title": gap.reason, "reason": gap.detail, "place": gap.path, "layer": gap.layer])
        }
        return table.bytes
    }

    private func addPlaces(of subject: Subject, _ add: (SafeText, [SafeText: SafeText?]) -> Void) {
        for place in subject.placements {
            let rules = subject.rules(brokenAt: place).sorted().map { SafeText.cleaning($0, limit: 120) }
            add(
                subject.isFinding ? "finding" : "inventory item",
                [
                    "id": .cleaning(place.id), "title": subject.title, "severity": .word(subject.severity),
                    "reason": subject.kind, "place": place.place, "layer": place.layerText, "now": place.fate,
                    "origin": .word(place.origin), "fingerprint": subject.fingerprint,
                    "rules": .joined(rules, by: " "),
                ])
        }
    }
}
