import Detection
import ImageReading
import Model

/// What was seen in single files, judged by what the whole image holds: whose the file is, who vouches for an anchor, and
/// which certificate has its private key in the image.
struct SightingJudgement {
    private let ownership: PackageOwnership
    /// Hides what may be a secret in text that comes from the image.
    private let mask: (String) -> String
    /// Of certificates in packages' own trust stores, by their SHA-256.
    private var vouched: [String: (owner: PackageOwnership.Owner, path: EntryPath)] = [:]
    /// Files with private keys, by the digest of the public key.
    private var keys: [String: EntryPath] = [:]
    /// What stands in the source of packages' Python modules, which is compiled when they are installed.
    private var sources: [EntryPath: (owner: PackageOwnership.Owner, secrets: Set<Fingerprint>)] = [:]

    init(_ layers: [InspectedLayer], origins: [Origin], mask: @escaping (String) -> String) {
        self.mask = mask
        ownership = PackageOwnership(layers, origins: origins)
        for inspected in layers {
            for seen in inspected.report.sightings { learn(seen, in: inspected.layer.index) }
        }
    }

    /// What was seen in a layer, each as it is to be taken.
    func sightings(of inspected: InspectedLayer) -> [LayerReport.Seen] {
        inspected.report.sightings.map { seen in
            guard PackageOwnership.concerns(seen.sighting, at: seen.path) else { return seen }
            let owner = ownership.owner(of: seen.path, seen.content, in: inspected.layer.index)
            var judged = seen
            judged.sighting = judge(seen, owner)
            return judged
        }
    }

    private mutating func learn(_ seen: LayerReport.Seen, in layer: Int) {
        switch seen.sighting {
        case .item(let item): learn(item, seen, in: layer)
        case .finding(let finding): learn(finding, seen, in: layer)
        }
    }

    private mutating func learn(_ finding: SightedFinding, _ seen: LayerReport.Seen, in layer: Int) {
        guard let secret = finding.fingerprint, seen.path.isPythonSource,
            let owner = ownership.owner(of: seen.path, seen.content, in: layer),
            PackageOwnership.excuses(finding, at: seen.path, owner), PackageOwnership.isShipped(seen.path)
        else { return }
        sources[seen.path, default: (owner, [])].secrets.insert(secret)
    }

    private mutating func learn(_ item: SightedItem, _ seen: LayerReport.Seen, in layer: Int) {
        if item.type == .trustAnchor, let digest = item.text("sha256"), vouched[digest] == nil,
            let owner = ownership.owner(of: seen.path, seen.content, in: layer)
        {
            vouched[digest] = (owner, seen.path)
        }
        if item.type == .key, let key = item.text("spki"), keys[key] == nil { keys[key] = seen.path }
    }

    private func judge(_ seen: LayerReport.Seen, _ owner: PackageOwnership.Owner?) -> Sighting {
        switch seen.sighting {
        case .finding(let finding):
            guard PackageOwnership.isShipped(seen.path) else { return seen.sighting }
            if let owner, PackageOwnership.excuses(finding, at: seen.path, owner) {
                return .item(
                    excused(
                        finding, owner,
                        because: "the file has the checksum that the "
                            + "\(owner.package.database.rawValue) database records for it"))
            }
            if let source = seen.path.compiledPythonSource, let known = sources[source],
                finding.fingerprint.map(known.secrets.contains) ?? false
            {
                var item = excused(
                    finding, known.owner,
                    because: "the module's source has it too, and the checksum that the "
                        + "\(known.owner.package.database.rawValue) database records for that")
                item.attributes["packageFile"] = .text(mask(source.description))
                return .item(item)
            }
            return seen.sighting
        case .item(var item):
            if let owner, item.type != .key || PackageOwnership.isShipped(seen.path) {
                note(owner, in: &item)
            } else if item.type == .trustAnchor, let digest = item.text("sha256"), let found = vouched[digest]
            {
                // A bundle is made of the package's files after it was installed, so it is in no database.
                note(found.owner, in: &item)
                item.attributes["packageFile"] = .text(mask(found.path.description))
            }
            if item.type != .key, let key = item.text("spki").flatMap({ keys[$0] }) {
                item.attributes["privateKey"] = .text(mask(key.description))
            }
            return .item(item)
        }
    }

    /// What is listed instead of the finding, so that whoever audits sees what was left out and why.
    private func excused(
        _ finding: SightedFinding, _ owner: PackageOwnership.Owner, because reason: String
    ) -> SightedItem {
        var item = finding.listed(
            as: .packageFile, title: "\(finding.title) in a file of \(mask(owner.package.name))")
        item.attributes["kind"] = .text(finding.kind.rawValue)
        item.attributes["rule"] = .text(finding.rule)
        item.attributes["reason"] = .text(reason)
        note(owner, in: &item)
        return item
    }

    /// Not the checksum, which of a file that holds little but a secret tells whoever guesses it that they are right.
    private func note(_ owner: PackageOwnership.Owner, in item: inout SightedItem) {
        item.attributes["package"] = .text(mask(owner.package.name))
        item.attributes["packageVersion"] = .text(mask(owner.package.version))
        item.attributes["packageDatabase"] = .text("\(owner.package.database.rawValue), layer \(owner.layer)")
    }
}

extension SightedItem {
    fileprivate func text(_ name: String) -> String? {
        if case .text(let text)? = attributes[name] { text } else { nil }
    }
}

extension EntryPath {
    fileprivate var isPythonSource: Bool { bytes.ends(with: ".py") }

    /// `tool/key.py` of `tool/__pycache__/key.cpython-311.pyc`, as PEP 3147 has it; nil of what is no compiled module.
    fileprivate var compiledPythonSource: EntryPath? {
        guard bytes.ends(with: ".pyc") else { return nil }
        let parts = components
        guard parts.count > 1, parts[parts.count - 2].elementsEqual("__pycache__".utf8) else { return nil }
        let module = parts[parts.count - 1].prefix { $0 != UInt8(ascii: ".") }
        return EntryPath(parent.parent.bytes + "/".utf8 + module + ".py".utf8)
    }
}

extension [UInt8] {
    fileprivate func ends(with ending: String) -> Bool {
        suffix(ending.utf8.count).elementsEqual(ending.utf8)
    }
}
