internal import JSONDocuments
internal import Model

/// OSCAL assessment results (1.1.3): an observation for each rule and control, a finding for each control that is
/// judged, a risk for each rule that is broken.
///
/// A finding there is satisfied or not. What nobody could judge is neither, and so has an observation and no finding.
struct OSCALFormat: ReportFormat {
    let id = "oscal"
    let fileName = "oscal-assessment-results.json"
    let mediaType = "application/oscal+json"
    let summary = "OSCAL assessment results"

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        let names = try OSCALNames(report)
        let document: JSONValue = [
            "assessment-results": [
                "uuid": names.id("document"), "metadata": metadata(report),
                "import-ap": ["href": "#\(names.uuid("policy"))"],
                "results": [result(report, names)], "back-matter": ["resources": [policy(report, names)]],
            ]
        ]
        return try CanonicalJSON.encode(document, for: fileName)
    }

    private func metadata(_ report: Report) -> JSONValue {
        [
            "title": OSCALNames.text("Palimpsest assessment of \(report.image.name)"),
            "last-modified": time(report), "version": OSCALNames.text(report.tool), "oscal-version": "1.1.3",
        ]
    }

    private func result(_ report: Report, _ names: OSCALNames) -> JSONValue {
        let rules = OSCALRules(report, names)
        let controls = OSCALControls(report, names)
        return [
            "uuid": names.id("result"), "title": OSCALNames.text(report.verdict.headline),
            "description": OSCALNames.text(report.verdict.reason), "start": time(report), "end": time(report),
            "props": [
                OSCALNames.property("verdict", .word(report.verdict.status)),
                OSCALNames.property("findings", "\(report.subjects.count(where: \.isFinding))"),
                OSCALNames.property("gaps", "\(report.basis.gaps)"),
            ],
            "local-definitions": ["components": [image(report, names)]],
            "reviewed-controls": ["control-selections": .list(controls.selections)],
            "observations": .filled(rules.observations + controls.observations),
            "risks": .filled(rules.risks), "findings": .filled(controls.findings(risks: rules.riskIDs)),
        ]
    }

    private func image(_ report: Report, _ names: OSCALNames) -> JSONValue {
        [
            "uuid": names.id("image"), "type": "software", "title": OSCALNames.text(report.image.name),
            "description": OSCALNames.text("container image for \(report.image.platform)"),
            "props": [
                OSCALNames.property("digest", report.image.digest),
                OSCALNames.property("config-digest", report.image.configDigest),
            ],
            "status": ["state": "operational"],
        ]
    }

    private func policy(_ report: Report, _ names: OSCALNames) -> JSONValue {
        [
            "uuid": names.id("policy"), "title": OSCALNames.text(report.basis.policyTitle),
            "description": "The policy that the image was held against.",
            "props": [
                OSCALNames.property("policy", report.basis.policyID),
                OSCALNames.property("digest", report.basis.policyDigest),
            ],
        ]
    }

    private func time(_ report: Report) -> JSONValue { .text(.cleaning(report.basis.asOf.description)) }
}
