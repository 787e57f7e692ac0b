import Model

/// One finding for what several detectors report, with each of them as a witness.
///
/// A secret is the same by its fingerprint where that is known of both, else by place and kind; a vulnerability by its id
/// or an alias and the component; anything else by rule and place.
struct WitnessMerge {
    private(set) var findings: [Finding]
    private var keys: [ResultBinding.Keys]
    private var byPlace: [Place: [Int]] = [:]
    private var byPackage: [Package: [Int]] = [:]
    private var ids: [String: Int] = [:]

    private struct Place: Hashable {
        let path: EntryPath?
        let config: String?
    }

    private struct Package: Hashable {
        let name: String
        let version: String
    }

    init(_ findings: [Finding]) {
        self.findings = []
        keys = []
        for finding in findings { append(finding, .init(fingerprints: [], aliases: [])) }
    }

    /// Adds what another tool reports: to findings that are there already, or as new ones.
    mutating func add(_ new: [Finding], _ newKeys: [ResultBinding.Keys]) {
        for (finding, key) in zip(new, newKeys) {
            if let index = ids[finding.id] ?? same(as: finding, key) {
                join(finding, key, to: index)
            } else {
                append(finding, key)
            }
        }
    }

    private mutating func append(_ finding: Finding, _ key: ResultBinding.Keys) {
        let index = findings.count
        findings.append(finding)
        keys.append(key)
        ids[finding.id] = ids[finding.id] ?? index
        byPlace[Self.place(finding), default: []].append(index)
        if let package = Self.package(finding) { byPackage[package, default: []].append(index) }
    }

    private mutating func join(_ finding: Finding, _ key: ResultBinding.Keys, to index: Int) {
        var witnesses = findings[index].witnesses ?? [Witness(findings[index])]
        for witness in finding.witnesses ?? [] where !witnesses.contains(witness) {
            witnesses.append(witness)
        }
        findings[index].witnesses = witnesses.sorted()
        findings[index].fingerprint = findings[index].fingerprint ?? finding.fingerprint
        findings[index].preview = findings[index].preview ?? finding.preview
        findings[index].attributes.merge(finding.attributes) { own, _ in own }
        if witnesses.contains(where: { $0.verified == true }) { findings[index].confidence = .high }
        let isRated = (findings[index].witnesses ?? []).contains {
            $0.detector == findings[index].detector && $0.severity != nil
        }
        if !isRated, finding.witnesses?.contains(where: { $0.severity != nil }) == true {
            findings[index].severity = finding.severity
        }
        keys[index] = .init(
            fingerprints: keys[index].fingerprints + key.fingerprints,
            aliases: keys[index].aliases + key.aliases)
    }

    private func same(as finding: Finding, _ key: ResultBinding.Keys) -> Int? {
        if finding.kind == .vulnerableComponent {
            guard let package = Self.package(finding) else { return nil }
            let names = Set([finding.rule] + key.aliases)
            return byPackage[package]?.first { index in
                !names.isDisjoint(with: [findings[index].rule] + keys[index].aliases)
                    && (findings[index].location.path == finding.location.path || hasNoPlace(finding)
                        || hasNoPlace(findings[index]))
            }
        }
        let there = (byPlace[Self.place(finding)] ?? []).filter { isSameLayer(findings[$0], finding) }
        guard finding.kind.isSecret else {
            return there.first { findings[$0].kind == finding.kind && findings[$0].rule == finding.rule }
        }
        let secrets = there.filter { findings[$0].kind.isSecret }
        let byFingerprint = secrets.first { index in
            !fingerprints(index).isDisjoint(with: key.fingerprints.map(\.text))
        }
        return byFingerprint
            ?? secrets.first { index in
                // Both are known, and they differ.
                guard fingerprints(index).isEmpty || key.fingerprints.isEmpty else { return false }
                return isSameSpot(findings[index], finding)
            }
    }

    private func fingerprints(_ index: Int) -> Set<String> {
        Set((keys[index].fingerprints + [findings[index].fingerprint].compactMap(\.self)).map(\.text))
    }

    private func hasNoPlace(_ finding: Finding) -> Bool { finding.location.path == nil }

    private func isSameLayer(_ left: Finding, _ right: Finding) -> Bool {
        guard let first = left.location.layer?.index, let second = right.location.layer?.index else {
            return true
        }
        return first == second
    }

    /// Whether two secrets in one file, of which nobody has both values, are one: on one line, or of one kind where a line
    /// is not told.
    private func isSameSpot(_ left: Finding, _ right: Finding) -> Bool {
        let isOfKind =
            left.kind == right.kind || left.kind == .genericCredential || right.kind == .genericCredential
            || left.kind == .serviceCredential || right.kind == .serviceCredential
        guard let first = left.location.line, let second = right.location.line else {
            return left.kind == right.kind
        }
        return first == second && isOfKind
    }

    private static func place(_ finding: Finding) -> Place {
        Place(path: finding.location.path, config: finding.location.config)
    }

    private static func package(_ finding: Finding) -> Package? {
        guard let name = finding.attributes["package"]?.display else { return nil }
        return Package(name: name, version: finding.attributes["version"]?.display ?? "")
    }
}

extension Witness {
    /// The word of a detector of our own.
    fileprivate init(_ finding: Finding) {
        self.init(
            detector: finding.detector, rule: finding.rule, kind: finding.kind, severity: finding.severity)
    }
}
