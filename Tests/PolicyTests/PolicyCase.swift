import BuiltinPolicies
import Model
import Testing
import YAMLDocuments

/// A case from `Policies/baseline/cases`: evidence in short, and the statuses it must lead to.
struct PolicyCase: CustomTestStringConvertible, Sendable {
    let name: String
    let place: String
    let evidence: Evidence
    let image: Status?
    let rules: [String: Status]
    /// What every rule that is not named must come out as.
    let otherRules: Status?
    let controls: [String: Status]
    /// How many findings or items break a rule.
    let violations: [String: Int]

    var testDescription: String { name }

    /// The instant at which all cases are judged.
    static let asOf = Instant(seconds: 1_795_392_000)  // 2026-11-23T00:00:00Z

    /// Every shipped case, or the first mistake in one.
    static let all = Result { try read() }

    private static func read() throws -> [PolicyCase] {
        try BuiltinPolicies.files.filter { $0.path.hasPrefix("baseline/cases/") }.flatMap { file in
            let root = CaseReader(
                node: try YAMLDocument.parse(Array(file.text.utf8), file: file.path).root, file: file.path)
            try root.allow("apiVersion", "kind", "cases")
            guard try root.text("kind") == "PolicyTest" else { throw root.mistake("kind must be PolicyTest") }
            return try root.list("cases").map(PolicyCase.init)
        }
    }

    private init(_ reader: CaseReader) throws {
        try reader.allow("name", "evidence", "wants")
        let wants = try reader.required("wants")
        try wants.allow("image", "rules", "otherRules", "controls", "violations")
        name = try reader.required("name").text()
        place = reader.place
        evidence = try CaseEvidence(reader["evidence"]).evidence
        image = try wants["image"]?.value()
        rules = try wants["rules"]?.table { try $0.value() } ?? [:]
        otherRules = try wants["otherRules"]?.value()
        controls = try wants["controls"]?.table { try $0.value() } ?? [:]
        violations = try wants["violations"]?.table { try $0.number() } ?? [:]
    }
}
