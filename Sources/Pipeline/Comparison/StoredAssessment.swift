import Model

/// An assessment document, to be held against another.
enum StoredAssessment {
    /// The assessment that a document is, or why it is none that this version can read.
    static func assessment(in document: StoredJSON) throws(AuditError) -> Assessment {
        let assessment = try document.decode(Assessment.self, of: Assessment.schema)
        // What stands twice could say two things.
        let rules = assessment.rules.map(\.id)
        let controls = assessment.controls.map { ControlName(framework: $0.framework, control: $0.id) }
        guard Set(rules).count == rules.count, Set(controls).count == controls.count else {
            throw document.broken("has a rule or a control twice")
        }
        return assessment
    }
}
