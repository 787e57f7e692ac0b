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
    /// `policyDigest` is that of all its documents together, `signOffDigest` that of all the others; `available` are policies
    /// that a mistaken name may have meant.
    package static func load(
        policy sources: [PolicySource], digest policyDigest: Digest, signOffs signed: [PolicySource],
        digest signOffDigest: Digest?, available: [String] = []
    ) throws(PolicyDiagnostics) -> (policy: Policy, signOffs: SignOffs) {
        var batch = DocumentBatch(
            sources, accepting: [.framework, .policy, .trustAnchors], signed: signed, available: available)
        batch.requireOnePolicy()
        let documents = try batch.documents()
        guard let policy = documents.policies.first else {
            // Frameworks are built in, so that what else was given is what should have been a policy.
            let others = sources.filter { kind(of: $0) != .framework }
            let blamed = (others.isEmpty ? sources : others).map(\.path).min()
            throw PolicyDiagnostics(
                Diagnostic(
                    .noPolicy, file: blamed ?? "(no files)", line: 1, column: 1,
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
        let roots = sources.compactMap { try? $0.root }
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

    /// The cases in documents of kind PolicyTest among `sources`, which must have every policy that these test.
    ///
    /// The names that cases use are held against what the other documents describe.
    package static func loadCases(_ sources: [PolicySource]) throws(PolicyDiagnostics) -> [PolicyCase] {
        var batch = DocumentBatch(
            sources, accepting: [.framework, .policy, .trustAnchors, .policyTest])
        batch.requireTestedPolicies()
        return try batch.documents().cases
    }

    /// What a document says that it is; nil where it cannot be told.
    package static func kind(of source: PolicySource) -> DocumentKind? {
        let root = try? source.root
        return (try? root?["kind"]?.string()).flatMap { DocumentKind(rawValue: $0) }
    }

    /// The id of the policy that a document is of; nil where it is of none.
    package static func policyID(of source: PolicySource) -> String? {
        policyID(of: try? source.root)
    }

    private static func policyID(of root: YAMLNode?) -> String? {
        guard (try? root?["kind"]?.string()) == DocumentKind.policy.rawValue else { return nil }
        return try? root?["id"]?.string()
    }

    /// The ids of the policies that documents of kind PolicyTest among `sources` test.
    package static func tested(by sources: [PolicySource]) -> Set<String> {
        let roots = sources.compactMap { try? $0.root }
        return Set(
            roots.compactMap { root in
                root["policy"].map { (try? $0.string()) ?? PolicyTestForm.usualPolicy }
                    ?? PolicyTestForm.usualPolicy
            })
    }

    /// The documents among `sources` that the policy called `id` consists of, by the policy that each is of; what is no
    /// policy is of all.
    package static func documents(
        of id: String, among sources: [PolicySource]
    ) -> (own: [PolicySource], inherited: [PolicySource], others: [PolicySource]) {
        let parsed = sources.map { ($0, try? $0.root) }
        var wanted: Set<String> = [id]
        var waiting = [id]
        while let next = waiting.popLast() {
            for case let (_, root?) in parsed where policyID(of: root) == next {
                waiting += Parameter.extended(by: root).filter { wanted.insert($0).inserted }
            }
        }
        let policies = parsed.compactMap { source, root in policyID(of: root).map { (source: source, id: $0) }
        }
        return (
            policies.filter { $0.id == id }.map(\.source),
            policies.filter { $0.id != id && wanted.contains($0.id) }.map(\.source),
            parsed.filter { policyID(of: $0.1) == nil }.map(\.0)
        )
    }
}
