import Evaluation
import FoundationEssentials
package import Model
import PolicyLoading
import Reporting

/// What `policy test`, `cover` and `mutate` do: hold policies against the cases that are written for them.
///
/// The documents that are given may be of any kind. Those of kind PolicyTest are the cases; the others are the policies,
/// beside those that are built in. Where none is given, the built-in policies are held against their own cases.
package enum PolicyTrials {
    /// Holds every case against its policy.
    package static func test(_ paths: [String]) throws(AuditError) -> [CaseResult] {
        try load(paths).flatMap { $0.results() }
    }

    /// What no case has tried both ways.
    package static func cover(_ paths: [String]) throws(AuditError) -> (lines: [String], isWhole: Bool) {
        var lines: [String] = []
        var isWhole = true
        for trial in try load(paths) {
            let coverage = PolicyCoverage(trial)
            let counts = [
                ("rules", coverage.rules), ("matchers", coverage.matchers), ("edges", coverage.edges),
            ]
            let parts = counts.map { "\($1.covered) of \($1.all) \($0)" }.joined(separator: ", ")
            lines += coverage.missing + ["policy \(trial.policy.id): \(parts) came out both ways"]
            isWhole = isWhole && coverage.missing.isEmpty && coverage.rules.all > 0
        }
        return (lines, isWhole)
    }

    /// Which changes no case would notice, and whether in every policy at least this many of a hundred are noticed.
    package static func mutate(
        _ paths: [String], atLeast percent: Int
    ) throws(AuditError) -> (lines: [String], isEnough: Bool) {
        var lines: [String] = []
        var isEnough = true
        for trial in try load(paths) {
            let failed = trial.results().first { !$0.mistakes.isEmpty }
            if let failed {
                throw AuditError(
                    code: .brokenPolicy, place: failed.wanted.source,
                    reason: "the case does not hold as it is, so it cannot tell what a change does: "
                        + "policy test says more")
            }
            let run = MutationRun(trial)
            lines += run.unnoticed.map { "\($0.rule.source): \($0.rule.id): \($0.change)" }
            // Where nothing can be changed, nothing was tried.
            let tenths = run.count == 0 ? 0 : run.noticed * 1000 / run.count
            lines.append(
                "policy \(trial.policy.id): \(run.noticed) of \(run.count) changes noticed "
                    + "(\(tenths / 10).\(tenths % 10) %)")
            isEnough = isEnough && tenths >= percent * 10
        }
        return (lines, isEnough)
    }

    /// Cases that do not hold, and below each what came out instead.
    package static func lines(of results: [CaseResult]) -> [String] {
        results.flatMap { result in
            ["\(result.wanted.source): \(result.wanted.name)"] + result.mistakes.map { "  \($0)" }
        }
        .map { SafeText.cleaning($0, limit: 1000).text }
    }

    /// Test results for pipelines.
    package static func junit(_ results: [CaseResult]) throws(AuditError) -> [UInt8] {
        do {
            return try CaseResultsFormat.junit(results)
        } catch {
            throw AuditError(code: .brokenReport, place: error.place, reason: error.reason)
        }
    }

    /// The same in a file.
    package static func writeJUnit(_ results: [CaseResult], to path: String) throws(AuditError) {
        try Publication.save(try junit(results), to: path)
    }

    /// The policies that are tested, each with its cases.
    static func load(_ paths: [String]) throws(AuditError) -> [PolicyTrial] {
        let trials = try load(from: try PolicySources.trials(paths))
        guard !trials.isEmpty else {
            throw AuditError(
                code: .brokenPolicy, place: paths.joined(separator: ", "),
                reason: "no document of kind PolicyTest, so nothing is tested")
        }
        return trials
    }

    /// The policies among `sources` that cases among them test.
    static func load(from sources: [PolicySource]) throws(AuditError) -> [PolicyTrial] {
        let cases: [PolicyCase]
        do {
            cases = try PolicyLoader.loadCases(sources)
        } catch {
            throw AuditError(code: .brokenPolicy, listing: error.description)
        }
        var trials: [PolicyTrial] = []
        for id in Set(cases.map(\.policy)).sorted() {
            let documents = PolicyLoader.documents(of: id, among: sources)
            let policy = try PolicySources.policy(
                of: (documents.own + documents.inherited + documents.others).filter {
                    PolicyLoader.kind(of: $0) != .policyTest
                })
            // A path may hold a colon itself.
            let places = documents.own.map { $0.path + ":" }
            let own = policy.rules.filter { rule in places.contains { rule.source.hasPrefix($0) } }
            var items: [PolicyTrial.Trial] = []
            for wanted in cases where wanted.policy == id {
                items.append(PolicyTrial.Trial(wanted, evidence: try evidence(of: wanted)))
            }
            trials.append(PolicyTrial(policy: policy, trials: items, ownRules: Set(own.map(\.id))))
        }
        return trials
    }

    private static func evidence(of wanted: PolicyCase) throws(AuditError) -> Evidence {
        switch wanted.given {
        case .evidence(let evidence): return evidence
        case .file(let path):
            let folder = URL(filePath: wanted.file).deletingLastPathComponent()
            let place = path.hasPrefix("/") ? path : folder.appending(path: path).relativePath
            return try StoredEvidence(place: place, bytes: nil).read()
        }
    }
}
