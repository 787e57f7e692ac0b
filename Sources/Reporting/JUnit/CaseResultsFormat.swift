package import Model

/// JUnit-XML of a policy's tests, in the same profile as ``JUnitFormat``: a suite for each document, a case for each case.
package enum CaseResultsFormat {
    package static func junit(_ results: [CaseResult]) throws(ReportError) -> [UInt8] {
        var files: [String] = []
        for result in results where !files.contains(result.wanted.file) { files.append(result.wanted.file) }
        let suites = files.map { file in suite(results.filter { $0.wanted.file == file }, of: file) }
        return try JUnitDocument(.strict).write(suites, to: "the policy's test results")
    }

    private static func suite(_ results: [CaseResult], of file: String) -> JUnitSuite {
        let className = SafeText.cleaning("palimpsest.policy.\(results.first?.wanted.policy ?? "")")
        return JUnitSuite(
            name: .cleaning(file), package: className,
            timestamp: results.map(\.wanted.asOf).max() ?? Instant(seconds: 0), properties: [],
            cases: results.map { JUnitCase($0, of: className) })
    }
}

extension JUnitCase {
    fileprivate init(_ result: CaseResult, of className: SafeText) {
        let mistakes = result.mistakes.map { SafeText.cleaning($0) }
        let place = SafeText.cleaning(result.wanted.source)
        self.init(
            name: .cleaning(result.wanted.name), className: className,
            outcome: mistakes.first.map { .failed(type: "mismatch", message: "\(place): \($0)") } ?? .passed,
            details: Array(mistakes.dropFirst()), output: [], file: nil)
    }
}
