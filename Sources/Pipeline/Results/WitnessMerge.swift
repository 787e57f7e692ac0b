import Model

/// One finding for what several detectors report, with each of them as a witness.
///
/// A secret is the same by its fingerprint where that is known of both, else by place and kind; a vulnerability by its id
/// or an alias and the component; anything else by rule and place. Each is looked up, however many there are.
struct WitnessMerge {
    private var joint: [JointFinding] = []
    private var ids: [String: Int] = [:]
    private var advisories = PartialIndex<Advisory, EntryPath>()
    private var settings = PartialIndex<Setting, Int>()
    private var secrets = PartialIndex<Secret, Int>()
    private var spots = PartialIndex<Spot, Int>()

    private struct Place: Hashable {
        let path: EntryPath?
        let config: String?
    }

    private struct Advisory: Hashable {
        let name: String
        let package: String
        let version: String
    }

    private struct Setting: Hashable {
        let place: Place
        let kind: FindingKind
        let rule: String
    }

    private struct Secret: Hashable {
        let place: Place
        let fingerprint: Fingerprint
    }

    /// Secrets of one kind on one line, on a line that is not told, or on any.
    private struct Spot: Hashable {
        enum Line: Hashable {
            case at(Int)
            case untold, any
        }

        let place: Place
        let line: Line
        let kind: FindingKind
    }

    init(_ findings: [Finding]) {
        for finding in findings { append(finding, .init(fingerprints: [], aliases: [])) }
    }

    var findings: [Finding] { joint.map(\.finding) }

    /// Adds what another tool reports: to findings that are there already, or as new ones.
    mutating func add(_ new: [Finding], _ newKeys: [ResultBinding.Keys]) {
        for (finding, key) in zip(new, newKeys) {
            if let index = ids[finding.id] ?? same(as: finding, key) {
                joint[index].join(finding)
                note(key, of: index)
            } else {
                append(finding, key)
            }
        }
    }

    /// Notes at what is reported that another tool found the same check passed there, or in the image as a whole.
    mutating func note(_ passes: [ResultBinding.Pass]) {
        guard !passes.isEmpty else { return }
        var byName: [String: [ResultBinding.Pass]] = [:]
        for pass in passes {
            for name in pass.names { byName[name.lowercased(), default: []].append(pass) }
        }
        for index in joint.indices where !joint[index].names.isEmpty {
            let finding = joint[index].first
            guard !finding.kind.isSecret, finding.kind != .vulnerableComponent else { continue }
            let places = [Self.place(finding), Self.wholeImage]
            for pass in joint[index].names.flatMap({ byName[$0.lowercased()] ?? [] })
            where places.contains(Self.place(pass.location)) || places[0] == Self.wholeImage {
                joint[index].note(
                    passedBy: Witness(
                        detector: pass.detector, rule: pass.rule, kind: finding.kind, severity: nil,
                        passed: true))
            }
        }
    }

    private mutating func append(_ finding: Finding, _ key: ResultBinding.Keys) {
        let index = joint.count
        joint.append(JointFinding(finding))
        ids[finding.id] = ids[finding.id] ?? index
        let place = Self.place(finding)
        if finding.kind.isSecret {
            let line = finding.location.line.map(Spot.Line.at) ?? .untold
            for line in [line, .any] {
                spots.insert(index, Spot(place: place, line: line, kind: finding.kind), layer(finding))
            }
        } else if finding.kind != .vulnerableComponent {
            settings.insert(
                index, Setting(place: place, kind: finding.kind, rule: finding.rule), layer(finding))
        }
        note(
            .init(
                fingerprints: key.fingerprints + [finding.fingerprint].compactMap(\.self),
                aliases: key.aliases + [finding.rule]), of: index)
    }

    /// Notes by what else the finding at `index` is known.
    private mutating func note(_ key: ResultBinding.Keys, of index: Int) {
        let finding = joint[index].first
        if finding.kind.isSecret {
            for fingerprint in key.fingerprints where joint[index].fingerprints.insert(fingerprint).inserted {
                let secret = Secret(place: Self.place(finding), fingerprint: fingerprint)
                secrets.insert(index, secret, layer(finding))
            }
        } else if finding.kind == .vulnerableComponent, let package = Self.package(finding) {
            for name in key.aliases where joint[index].names.insert(name).inserted {
                let advisory = Advisory(name: name, package: package.name, version: package.version)
                advisories.insert(index, advisory, finding.location.path)
            }
        } else {
            joint[index].names.formUnion(key.aliases)
        }
    }

    private func same(as finding: Finding, _ key: ResultBinding.Keys) -> Int? {
        let place = Self.place(finding)
        if finding.kind == .vulnerableComponent {
            guard let package = Self.package(finding) else { return nil }
            return ([finding.rule] + key.aliases).compactMap { name in
                advisories.first(
                    Advisory(name: name, package: package.name, version: package.version),
                    finding.location.path)
            }.min()
        }
        guard finding.kind.isSecret else {
            return settings.first(
                Setting(place: place, kind: finding.kind, rule: finding.rule), layer(finding))
        }
        let byFingerprint = key.fingerprints.compactMap { fingerprint in
            secrets.first(Secret(place: place, fingerprint: fingerprint), layer(finding))
        }
        return byFingerprint.min() ?? bySpot(finding, place, isValueKnown: !key.fingerprints.isEmpty)
    }

    /// A secret in the same file, of which nobody has both values: on one line, or of one kind where a line is not told.
    private func bySpot(_ finding: Finding, _ place: Place, isValueKnown: Bool) -> Int? {
        func first(_ line: Spot.Line, _ kind: FindingKind) -> Int? {
            spots.first(Spot(place: place, line: line, kind: kind), layer(finding)) { index in
                // Both are known, and they differ.
                !isValueKnown || joint[index].fingerprints.isEmpty
            }
        }
        guard let line = finding.location.line else { return first(.any, finding.kind) }
        let onLine = finding.kind.kindsOfTheSame.compactMap { first(.at(line), $0) }
        return (onLine + [first(.untold, finding.kind)].compactMap(\.self)).min()
    }

    private func layer(_ finding: Finding) -> Int? { finding.location.layer?.index }

    private static let wholeImage = Place(path: nil, config: Location.wholeImage)

    private static func place(_ finding: Finding) -> Place { place(finding.location) }

    private static func place(_ location: Location) -> Place {
        Place(path: location.path, config: location.config)
    }

    private static func package(_ finding: Finding) -> (name: String, version: String)? {
        guard let name = finding.attributes["package"]?.display else { return nil }
        return (name, finding.attributes["version"]?.display ?? "")
    }
}

extension FindingKind {
    private static let vague = allCases.filter(\.isVague)
    private static let secret = allCases.filter(\.isSecret)

    /// The kinds that others may give to a secret of this one.
    fileprivate var kindsOfTheSame: [FindingKind] {
        isVague ? Self.secret : [self] + Self.vague
    }
}
