internal import Model

/// in-toto's predicate `test-result`: what came of holding an image against the rules.
struct TestResult: Hashable, Codable {
    static let type = "https://in-toto.io/attestation/test-result/v0.1"

    enum Outcome: String, Codable {
        case passed = "PASSED"
        case warned = "WARNED"
        case failed = "FAILED"
    }

    let result: Outcome
    /// What it was held against, the list of all digests first.
    let configuration: [ResourceDescriptor]
    let passedTests: [String]
    let warnedTests: [String]
    let failedTests: [String]
    /// Rules that nobody could judge, which the predicate has no place for.
    let notAssessedTests: [String]
    let status: Status
    let asOf: Instant

    init(_ assessment: Assessment, configuration: [ResourceDescriptor]) {
        func tests(_ statuses: Status...) -> [String] {
            assessment.rules.filter { statuses.contains($0.status) }.map(\.id)
        }
        result = Self.outcome(assessment.status)
        self.configuration = configuration
        passedTests = tests(.pass)
        warnedTests = tests(.warn, .waived)
        failedTests = tests(.fail, .error)
        notAssessedTests = tests(.notAssessed, .manual)
        status = assessment.status
        asOf = assessment.asOf
    }

    /// Whoever reads nothing but this word must not take a verdict that is withheld for a good one.
    private static func outcome(_ status: Status) -> Outcome {
        switch status {
        case .pass: .passed
        case .warn, .waived: .warned
        case .fail, .error, .notAssessed, .notApplicable, .manual: .failed
        }
    }

    /// Names of our own bear ours in front, so that they meet nobody else's.
    private enum CodingKeys: String, CodingKey {
        case result, configuration, passedTests, warnedTests, failedTests
        case notAssessedTests = "palimpsest_notAssessedTests"
        case status = "palimpsest_status"
        case asOf = "palimpsest_asOf"
    }
}
