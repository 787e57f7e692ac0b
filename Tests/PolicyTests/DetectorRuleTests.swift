import BuiltinPolicies
import Detection
import Model
import PolicyLoading
import Testing

/// The shipped detector rules, held against their own examples.
@Suite("The shipped detectors")
struct DetectorRuleTests {
    static func rules() throws -> [DetectorRule] {
        let sources = BuiltinPolicies.files.filter { $0.path.hasPrefix("detectors/") }
            .map { PolicySource(path: $0.path, bytes: Array($0.text.utf8)) }
        return try PolicyLoader.loadDetectors(sources)
    }

    @Test("every rule compiles in both engines, finds its examples and leaves its counterexamples alone")
    func rulesHold() throws {
        let problems = try DetectorCheck.problems(with: try Self.rules())
        #expect(problems.isEmpty, "\(problems.map(\.description).joined(separator: "\n"))")
    }

    @Test("none slows the search down, so that checking one's own rules warns of them alone")
    func literals() throws {
        #expect(DetectorCheck.warnings(about: try Self.rules()) == [])
    }

    @Test("there are rules for every kind of finding that rules can report")
    func kinds() throws {
        let rules = try Self.rules()
        #expect(rules.count >= 60)
        let covered = Set(rules.map(\.kind))
        // Key stores are recognised by their structure, and some are for other tools' results alone.
        let byCode: Set<FindingKind> = [.keystore, .vulnerableComponent, .misconfiguration, .other]
        #expect(Set(FindingKind.allCases).subtracting(covered).subtracting(byCode).isEmpty)
    }
}
