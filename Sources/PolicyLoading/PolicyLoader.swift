package import Model
import YAMLDocuments

/// Reads frameworks, policies and detectors from YAML, or says everything that is wrong with them.
///
/// # How it works
/// Each kind of document and each mapping in it is described by one table of keys (``FrameworkForm``, ``RuleForm`` and
/// their like), from which reading, the check for unknown keys, suggestions and schemas all come. Frameworks are read
/// first, so that a rule's controls resolve while the rule is read. Names are held against each other at the end,
/// over all documents. No mistake stops the reading of anything but the value it is in.
package enum PolicyLoader {
    /// One policy of frameworks, rules and trust anchors, without anything that people signed.
    package static func loadPolicy(
        _ sources: [PolicySource], digest: Digest
    ) throws(PolicyDiagnostics) -> Policy {
        try load(policy: sources, digest: digest, signOffs: [], digest: nil).policy
    }

    /// One policy of frameworks, rules and trust anchors, and the waivers and attestations that speak of them.
    ///
    /// `policyDigest` is that of all its documents together, `signOffDigest` that of all the others.
    package static func load(
        policy sources: [PolicySource], digest policyDigest: Digest, signOffs signed: [PolicySource],
        digest signOffDigest: Digest?
    ) throws(PolicyDiagnostics) -> (policy: Policy, signOffs: SignOffs) {
        var batch = DocumentBatch(sources, accepting: [.framework, .policy, .trustAnchors], signed: signed)
        batch.requireOnePolicy()
        let documents = try batch.documents()
        guard let policy = documents.policies.first else {
            throw PolicyDiagnostics(
                Diagnostic(
                    .noPolicy, file: sources.map(\.path).min() ?? "(no files)", line: 1, column: 1,
                    message: "no document of kind Policy among \(sources.count) files"))
        }
        let loaded = Policy(
            id: policy.id, title: policy.title, digest: policyDigest, frameworks: documents.frameworks,
            rules: policy.rules, waiverLimits: policy.waiverLimits, tailoring: policy.tailoring,
            anchors: documents.anchors)
        return (
            loaded,
            SignOffs(
                digest: signOffDigest, waivers: documents.waivers, attestations: documents.attestations)
        )
    }

    /// The ids of policies that documents among `sources` extend, as far as they can be read.
    package static func extended(by sources: [PolicySource]) -> Set<String> {
        let roots = sources.compactMap { try? YAMLDocument.parse($0.bytes, file: $0.path).root }
        return Set(roots.flatMap(Parameter.extended))
    }

    /// The detectors' rules, ordered by id.
    package static func loadDetectors(
        _ sources: [PolicySource]
    ) throws(PolicyDiagnostics) -> [DetectorRule] {
        try loadDetectors(sources, beside: []).rules
    }

    /// The detectors' rules and those of gitleaks' rule files, ordered by id, and what should be known of them.
    package static func loadDetectors(
        _ sources: [PolicySource], beside foreign: [PolicySource]
    ) throws(PolicyDiagnostics) -> DetectorSelection {
        var others = DetectorSelection(rules: [])
        for source in foreign.sorted(by: { $0.path < $1.path }) {
            let read = try GitleaksFile.read(source, known: others.rules)
            others.rules += read.rules
            others.notes += read.notes
        }
        let loaded = try DocumentBatch(sources, accepting: [.detectors], beside: others.rules).documents()
        return DetectorSelection(rules: loaded.detectors, notes: loaded.detectorNotes + others.notes)
    }

    /// What other tools' words mean, ordered by where it is written.
    package static func loadImporters(
        _ sources: [PolicySource]
    ) throws(PolicyDiagnostics) -> [ImporterRules] {
        try DocumentBatch(sources, accepting: [.importer]).documents().importers
    }

    /// Documents of every kind, together.
    package static func load(_ sources: [PolicySource]) throws(PolicyDiagnostics) -> LoadedDocuments {
        try DocumentBatch(sources, accepting: DocumentKind.allCases).documents()
    }
}
