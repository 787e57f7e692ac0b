import FoundationEssentials
import ImageReading
import Model

/// An assessment document, to be held against another.
enum StoredAssessment {
    /// The assessment in `bytes`, or why it is none that this version can read; `place` is what to call it in errors.
    static func read(_ bytes: [UInt8], place: String) throws(AuditError) -> Assessment {
        func broken(_ reason: String) -> AuditError {
            AuditError(code: .brokenEvidence, place: place, reason: reason)
        }
        if let key = RepeatedKeys.first(in: bytes, foldingCase: false) {
            throw broken("has the key \(String(reflecting: key)) twice in one object")
        }
        let assessment: Assessment
        do {
            assessment = try JSONDecoder().decode(Assessment.self, from: Data(bytes))
        } catch {
            throw broken(StoredEvidence.words(error))
        }
        // What stands twice could say two things.
        let rules = assessment.rules.map(\.id)
        let controls = assessment.controls.map { ControlName(framework: $0.framework, control: $0.id) }
        guard Set(rules).count == rules.count, Set(controls).count == controls.count else {
            throw broken("has a rule or a control twice")
        }
        return assessment
    }
}
