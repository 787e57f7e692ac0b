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
            guard PackageOwnership.concerns(seen.sighting) else { return seen }
            let owner = ownership.owner(of: seen.path, seen.content, in: inspected.layer.index)
            var judged = seen
            judged.sighting = judge(seen, owner)
            return judged
        }
    }

    private mutating func learn(_ seen: LayerReport.Seen, in layer: Int) {
        guard case .item(let item) = seen.sighting else { return }
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
            guard let owner, PackageOwnership.excuses(finding.kind, owner),
                PackageOwnership.isShipped(seen.path)
            else { return seen.sighting }
            return .item(excused(finding, owner))
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
    private func excused(_ finding: SightedFinding, _ owner: PackageOwnership.Owner) -> SightedItem {
        var item = finding.listed(
            as: .packageFile, title: "\(finding.title) in a file of \(mask(owner.package.name))")
        item.attributes["kind"] = .text(finding.kind.rawValue)
        item.attributes["rule"] = .text(finding.rule)
        item.attributes["reason"] = .text(
            "the file has the checksum that the \(owner.package.database.rawValue) database records for it")
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
