import Archives
import BuiltinPolicies
import Cryptography
import Detection
import FoundationEssentials
package import Model
import PolicyLoading
import ResultImporting

/// Gathers the YAML that an audit runs on, from the binary and from files, and has it loaded.
package enum PolicySources {
    /// The policy that `selection` names, with the built-in frameworks and whatever it extends, and what people signed.
    package static func policy(
        _ selection: PolicySelection
    ) throws(AuditError) -> (policy: Policy, signOffs: SignOffs) {
        let loaded = try load(try documents(selection))
        return (loaded.policy, loaded.signOffs)
    }

    /// Every document that `selection` names, and those that these take.
    static func documents(_ selection: PolicySelection) throws(AuditError) -> PolicyDocuments {
        var given = try named(by: selection.paths)
        for path in selection.trustAnchors { given += try files(at: path, code: .brokenPolicy) }
        var signed: [PolicySource] = []
        for path in selection.signOffs { signed += try files(at: path, code: .brokenPolicy) }
        return PolicyDocuments(policy: completed(given), signOffs: signed)
    }

    /// The documents of the policies that `paths` name, built in or in files; those of the baseline where none is named.
    static func named(by paths: [String], withTests: Bool = false) throws(AuditError) -> [PolicySource] {
        var sources: [PolicySource] = []
        for path in paths.isEmpty ? ["baseline"] : paths {
            let own = builtinPolicy(path)
            guard own.isEmpty else {
                sources += own
                continue
            }
            guard FileManager.default.fileExists(atPath: path) else {
                let meant = Suggestion.nearest(to: path, among: builtinPolicies).map {
                    ": did you mean \($0)?"
                }
                throw AuditError(
                    code: .brokenPolicy, place: path,
                    reason: "no such file or folder, and no built-in policy is called so\(meant ?? "")")
            }
            sources += try files(at: path, code: .brokenPolicy, withTests: withTests)
        }
        return sources
    }

    /// `given` with the built-in frameworks, and the built-in policies that it extends.
    static func completed(_ given: [PolicySource]) -> [PolicySource] {
        var sources = builtin(below: "frameworks") + given
        addExtended(to: &sources)
        return sources
    }

    /// What `documents` say.
    static func load(_ documents: PolicyDocuments) throws(AuditError) -> LoadedPolicy {
        do {
            let signed = documents.signOffs
            let (policy, signOffs) = try PolicyLoader.load(
                policy: documents.policy, digest: digest(of: documents.policy), signOffs: signed,
                digest: signed.isEmpty ? nil : digest(of: signed), available: builtinPolicies)
            return LoadedPolicy(documents: documents, policy: policy, signOffs: signOffs)
        } catch {
            throw AuditError(code: .brokenPolicy, listing: error.description)
        }
    }

    /// The policy that `sources` make up, and nothing that people signed.
    static func policy(of sources: [PolicySource]) throws(AuditError) -> Policy {
        do {
            return try PolicyLoader.loadPolicy(sources, digest: digest(of: sources))
        } catch {
            throw AuditError(code: .brokenPolicy, listing: error.description)
        }
    }

    /// The documents at `paths`, tests among them, with the frameworks and policies that they take; where no path is given,
    /// all that is built in.
    static func trials(_ paths: [String]) throws(AuditError) -> [PolicySource] {
        guard paths.isEmpty else { return trials(of: try documents(at: paths)) }
        return builtin(below: "frameworks")
            + builtin { path in
                let isPolicy = !path.contains("/") || path.hasPrefix("baseline/") || path.hasPrefix("cases/")
                return isPolicy && isYAML(path)
            }
    }

    /// `given`, tests among them, with the frameworks and policies that they take.
    static func trials(of given: [PolicySource]) -> [PolicySource] {
        let tested = PolicyLoader.tested(by: given.filter(isTest))
        let there = given.compactMap(PolicyLoader.policyID)
        return completed(given + tested.subtracting(there).sorted().flatMap(builtinPolicy))
    }

    /// Every YAML file at `paths` and below them, of any kind, as it is.
    static func documents(at paths: [String]) throws(AuditError) -> [PolicySource] {
        var sources: [PolicySource] = []
        for path in paths { sources += try files(at: path, code: .brokenPolicy, withTests: true) }
        return sources
    }

    /// Adds the built-in policies that others extend and that are not there.
    private static func addExtended(to sources: inout [PolicySource]) {
        var known: Set<String> = []
        while true {
            let new = PolicyLoader.extended(by: sources.filter { $0.mentions("extends") }).subtracting(known)
            guard !new.isEmpty else { return }
            known.formUnion(new)
            let given = Set(sources.filter { $0.mentions("Policy") }.compactMap(PolicyLoader.policyID))
            sources += new.subtracting(given).sorted().flatMap(builtinPolicy).filter { !sources.contains($0) }
        }
    }

    /// The ids of the built-in policies.
    private static var builtinPolicies: [String] {
        let single = BuiltinPolicies.files.map(\.path).filter { !$0.contains("/") && isYAML($0) }
        return ["baseline"] + single.map { String($0.dropLast(".yaml".utf8.count)) }
    }

    /// The documents of the built-in policy of this name; none where there is no such policy.
    private static func builtinPolicy(_ name: String) -> [PolicySource] {
        let single = builtin { $0 == name + ".yaml" }
        return single.isEmpty && name == "baseline" ? builtin(below: name) : single
    }

    /// The built-in detector rules and those of `paths`, changed as these say.
    ///
    /// What ends in `.toml` is taken for a rule file of gitleaks.
    package static func detectors(adding paths: [String]) throws(AuditError) -> DetectorSelection {
        var sources = builtin(below: "detectors")
        var foreign: [PolicySource] = []
        for path in paths {
            if path.hasSuffix(".toml") {
                foreign.append(PolicySource(path: path, bytes: try bytes(at: path, code: .brokenDetectors)))
            } else {
                sources += try files(at: path, code: .brokenDetectors)
            }
        }
        do {
            return try PolicyLoader.loadDetectors(sources, beside: foreign)
        } catch {
            throw AuditError(code: .brokenDetectors, listing: error.description)
        }
    }

    /// The same, ready to work; of another tool's rules those that our engines take.
    static func compiledDetectors(
        adding paths: [String], key: FingerprintKey, cache: String?
    ) throws(AuditError) -> DetectorSet {
        let selection = try detectors(adding: paths)
        do throws(DetectionError) {
            return try compiled(selection, key: key, cache: cache)
        } catch {
            throw AuditError(code: .brokenDetectors, place: "", reason: error.description)
        }
    }

    private static func compiled(
        _ selection: DetectorSelection, key: FingerprintKey, cache: String?
    ) throws(DetectionError) -> DetectorSet {
        do throws(DetectionError) {
            return try DetectorSet.compile(selection.rules, notes: selection.notes, key: key, cache: cache)
        } catch  where error.code == .patternInvalid && selection.rules.contains(where: \.isForeign) {
            // Only now, since asking about every rule takes as long as compiling them.
            let usable = withoutRefused(selection)
            return try DetectorSet.compile(usable.rules, notes: usable.notes, key: key, cache: cache)
        }
    }

    /// Another tool's engine takes patterns that ours do not: those rules are left out, and named.
    static func withoutRefused(_ selection: DetectorSelection) -> DetectorSelection {
        var usable = DetectorSelection(rules: [], notes: selection.notes)
        for rule in selection.rules {
            if rule.isForeign, let reason = DetectorCheck.refusal(of: rule) {
                usable.notes.append("\(rule.source): rule \(rule.id) is left out: \(reason)")
            } else {
                usable.rules.append(rule)
            }
        }
        return usable
    }

    /// What other tools' words mean: as built in, and before that what `paths` say.
    static func importers(adding paths: [String]) throws(AuditError) -> ResultMapping {
        var given: [PolicySource] = []
        for path in paths { given += try files(at: path, code: .brokenImporters) }
        do {
            return ResultMapping(
                given: try PolicyLoader.loadImporters(given),
                shipped: try PolicyLoader.loadImporters(builtin(below: "importers")))
        } catch {
            throw AuditError(code: .brokenImporters, listing: error.description)
        }
    }

    private static func builtin(below folder: String) -> [PolicySource] {
        builtin { $0.hasPrefix(folder + "/") && isDocument($0) }
    }

    private static func builtin(_ isWanted: (String) -> Bool) -> [PolicySource] {
        BuiltinPolicies.files.filter { isWanted($0.path) }
            .map { PolicySource(path: $0.path, bytes: Array($0.text.utf8), packed: $0.tree) }
    }

    /// The YAML file at `path`, or every one below it; tests may lie beside policies, and are left out unless they are wanted.
    private static func files(
        at path: String, code: AuditError.Code, withTests: Bool = false
    ) throws(AuditError) -> [PolicySource] {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw AuditError(code: code, place: path, reason: "no such file or folder")
        }
        guard isFolder else { return [PolicySource(path: path, bytes: try bytes(at: path, code: code))] }
        do {
            let names = try FileManager.default.subpathsOfDirectory(atPath: path).filter(isYAML).sorted()
            guard !names.isEmpty else {
                throw AuditError(code: code, place: path, reason: "holds no .yaml file")
            }
            return try names.map { name in
                PolicySource(path: path + "/" + name, bytes: try bytes(at: path + "/" + name, code: code))
            }
            .filter { withTests || !isTest($0) }
        } catch let error as AuditError {
            throw error
        } catch {
            throw AuditError(code: code, place: path, reason: FileFailure.words(error))
        }
    }

    /// Policies are written by people; what is longer than this is none.
    private static let largest = 64 << 20

    private static func bytes(at path: String, code: AuditError.Code) throws(AuditError) -> [UInt8] {
        try WholeFile.read(path, atMost: largest, or: code)
    }

    private static func isDocument(_ path: String) -> Bool {
        isYAML(path) && !("/" + path).contains("/cases/")
    }

    private static func isYAML(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

    /// Whether it says that it is a test.
    static func isTest(_ source: PolicySource) -> Bool { source.isOf(.policyTest) }

    /// Whether it says that it is what people signed.
    static func isSignOff(_ source: PolicySource) -> Bool {
        source.isOf(.waivers) || source.isOf(.attestations)
    }

    /// Over the names and the contents, but not over where the files lie: the same policy elsewhere is the same policy.
    private static func digest(of sources: [PolicySource]) -> Digest {
        let parts = sources.map { source in
            let name = source.path.split(separator: "/").last.map(String.init) ?? ""
            return name + "\n" + Hex.string(SHA256Hasher.hash(source.bytes)) + "\n"
        }
        return Digest(sha256: SHA256Hasher.hash(Array(parts.sorted().joined().utf8)))
    }
}

extension PolicySource {
    /// Whether it says that it is of this kind; most documents do not have the word, and need not be parsed for it.
    func isOf(_ kind: DocumentKind) -> Bool {
        mentions(kind.rawValue) && PolicyLoader.kind(of: self) == kind
    }

    /// Whether `word` stands anywhere in it, so that what has nothing to do with it need not be parsed for it.
    fileprivate func mentions(_ word: String) -> Bool { ByteSearch.contains(bytes.span, Array(word.utf8)) }
}
