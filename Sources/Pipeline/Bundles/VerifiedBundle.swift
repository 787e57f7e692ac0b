import Bundling
import Cryptography
import Evaluation
import Model
import Reporting

/// A bundle in which everything follows from the evidence, and what is known of whoever made it.
package struct VerifiedBundle: Sendable {
    private let place: String
    private let record: BundleRecord
    private let signature: OpenedBundle.Signature
    private let files: Int
    private let reports: Int
    private let policy: Policy
    /// One line for each image, with colour if asked for.
    private let verdicts: [@Sendable (Bool) -> String]

    init(_ opened: OpenedBundle, in place: String, images: [BundledImage], policy: Policy) {
        self.place = place
        record = opened.record
        signature = opened.signature
        files = opened.files.count
        reports = record.images.reduce(0) { $0 + opened.reports(in: $1).count }
        self.policy = policy
        let evaluator = Evaluator(policy)
        verdicts = images.map { image in
            let report = Publication.report(
                on: image.assessment, of: image.evidence,
                evaluator.judged(image.evidence, asOf: image.assessment.asOf), under: policy,
                judging: opened.record.judging)
            let summary = Summary(report)
            return { summary.line(color: $0) }
        }
    }

    /// What is said of it, line by line.
    package func lines(colour: Bool) -> [String] {
        let policy = SafeText.cleaning(policy.id, limit: 80)
        let place = SafeText.cleaning(place, limit: 400)
        return [
            "\(signature == .givenKey ? "VERIFIED" : "INTACT")  \(place)",
            "  signature  \(signer)",
            "  bytes      \(files) files, each as listed, and nothing else",
            "  reports    \(rendering)",
            "  verdict    judged again as of \(record.asOf) under \(policy), to the same bytes:",
        ] + verdicts.map { "    " + $0(colour) }
    }

    private var signer: String {
        guard let signer = record.signer else { return "none: anybody can have made it" }
        let key = "\(signer.algorithm.rawValue) \(signer.keyID)"
        return signature == .givenKey
            ? "by the key given, \(key)"
            : "nobody's was checked, since no --key was given; the key that came with it is \(key)"
    }

    private var rendering: String {
        guard reports > 0 else { return "none" }
        guard record.tool != .this else { return "\(reports), rendered again to the same bytes" }
        let name = SafeText.cleaning("\(record.tool.name) \(record.tool.version)", limit: 80)
        return "\(reports), as listed; \(name) made them, and this version may lay them out otherwise"
    }
}
