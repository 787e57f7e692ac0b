internal import Model

/// What gives the same report again: the command, and by their digests the inputs that it takes.
package struct Reproduction: Sendable {
    /// What to type; where a file of another tool's results goes, `RESULTS` stands.
    package let command: SafeText
    package let inputs: [(name: SafeText, value: SafeText)]

    /// `judging` are the words that name the policy and what people signed, as they were typed.
    init(evidence: Evidence, assessment: Assessment, judging: [String], templates: Digest? = nil) {
        var words = ["palimpsest", "audit"]
        let others = evidence.comparedWith ?? []
        words += [evidence.image.name] + others.map(\.name)
        if evidence.image.kind == .image { words += ["--platform", evidence.image.platform] }
        if let base = evidence.image.base, base.source == .given, let name = base.name {
            words += ["--base", name]
        }
        if let source = evidence.source { words += ["--source", source] }
        let environments =
            [(evidence.image.name, evidence.image.environment)] + others.map { ($0.name, $0.environment) }
        for case (let name, let environment?) in environments {
            words += ["--environment", "\(environment)=\(name)"]
        }
        let results = evidence.receipts.compactMap(\.imported)
        words += Set(results.map(\.format)).sorted().flatMap { ["--results", "\($0):RESULTS"] }
        if results.contains(where: { $0.binding == .assumed }) { words.append("--assume-target") }
        words += judging + ["--as-of", assessment.asOf.description]
        command = .joined(words.map(Self.quoted), by: " ")
        inputs =
            Self.inputs(evidence, assessment)
            + [templates].compactMap(\.self).map { ("Templates", .cleaning($0.text)) }
    }

    private static func inputs(
        _ evidence: Evidence, _ assessment: Assessment
    ) -> [(name: SafeText, value: SafeText)] {
        var inputs: [(name: SafeText, value: SafeText)] = [
            ("Image", .cleaning(evidence.image.digest.text)),
            ("Configuration", .cleaning(evidence.image.configDigest.text)),
        ]
        if let base = evidence.image.base, base.source == .given, let digest = base.digest {
            inputs.append(("Base image", .cleaning(digest.text)))
        }
        for rules in Set(evidence.receipts.filter { $0.imported == nil }.compactMap(\.rules?.text)).sorted() {
            inputs.append(("Detector rules", .cleaning(rules)))
        }
        let results = evidence.receipts.compactMap(\.imported).map { ($0.format, $0.digest.text) }
        for (format, digest) in results.sorted(by: <) {
            inputs.append(("Results of \(.cleaning(format, limit: 60))", .cleaning(digest)))
        }
        inputs.append(("Policy", .cleaning(assessment.policy.digest.text)))
        if let signOffs = assessment.signOffs {
            inputs.append(("Waivers and attestations", .cleaning(signOffs.text)))
        }
        if let baseline = evidence.baseline {
            inputs.append(("Earlier evidence", .cleaning(baseline.evidence.text)))
        }
        return inputs
    }

    private static func quoted(_ word: String) -> SafeText {
        let isPlain = word.utf8.allSatisfy { byte in
            Unicode.Scalar(byte).properties.isAlphabetic && byte < 0x80
                || (0x30...0x39).contains(byte) || "._-/:@".utf8.contains(byte)
        }
        let quoted = isPlain && !word.isEmpty ? word : "'" + word.replacing(signs: "'", with: "'\\''") + "'"
        return .cleaning(quoted, limit: 600)
    }
}
