import Bundling
import Evaluation
import Model

/// Evidence, what it was held against, and what came of that.
struct JudgedImage: Sendable {
    let evidence: Evidence
    let assessment: Assessment
    let policy: Policy

    /// Every image in the file at `path`, evidence or a bundle, judged.
    ///
    /// A bundle is judged under the policy and at the instant that it holds, and `selection` must name no other.
    static func all(
        in path: String, under selection: PolicySelection, asOf: Instant
    ) throws(AuditError) -> [JudgedImage] {
        let input = try EvidenceInput.read(path)
        let evidence = try input.images(of: path)
        switch input {
        case .document:
            let judgement = try Judgement(selection)
            var judged: [JudgedImage] = []
            for evidence in evidence {
                judged.append(JudgedImage(try judgement.noted(in: evidence), judgement.loaded, asOf))
            }
            return judged
        case .bundle(let opened):
            guard selection.isUsual else {
                throw AuditError(
                    code: .settledBundle, place: path, reason: "holds its own policy, and takes no other")
            }
            do throws(BundleError) {
                let loaded = try BundleInput.policy(of: opened)
                return evidence.map { JudgedImage($0, loaded, opened.record.asOf) }
            } catch {
                throw BundleInput.failure(error, in: path)
            }
        }
    }

    private init(_ evidence: Evidence, _ loaded: LoadedPolicy, _ asOf: Instant) {
        self.evidence = evidence
        policy = loaded.policy
        assessment = Evaluator.assess(
            evidence, against: loaded.policy, signOffs: loaded.signOffs, asOf: asOf)
    }
}

extension PolicySelection {
    /// Whether nothing was selected, so that the baseline counts.
    fileprivate var isUsual: Bool { words.isEmpty }
}
