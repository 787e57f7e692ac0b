import Cryptography
import Detection
import ImageReading
import Model

/// Which files of an image are provably a distribution's own: at the path and with the content that the package database
/// in the image records.
///
/// # What is believed, and why
/// Whoever builds an image can write a false database, and nothing in the image is signed. So a record counts only
///
/// - if the package names a distribution as its maintainer or vendor, or another that does needs it. Alpine's packages name
///   persons; in a database that came with the base, one that was built as Alpine builds its own counts too, but for keys:
///   a company's own packages are built the same way, and an image that is made of packages alone has no other layer.
/// - if the layer that holds it is the image's foundation (the lowest layer, those from the base, and those above them of
///   which the history does not tell how they were made), where packages and database may lie in different layers; or
///   if a build step wrote the record in the very layer that also holds the file, as an installation does. What was
///   copied in upon the foundation proves nothing, and a record that is added later vouches for no earlier file.
/// - for what packages really ship: keys for tests, examples in documentation, settings of the distribution's programs,
///   and whatever only its surroundings make a secret. A token that is known by the format in which its issuer gave it out
///   is nobody's to ship, and stays a finding wherever it is, but in manuals and sources: everybody has those.
/// - below `/usr` and its like and `/var/lib`, where packages put what they bring. Configuration (`/etc`), homes,
///   `/usr/local`, `/opt` and other data are there to be changed, and what is secret on a machine lies there.
///
/// Whoever forges a whole base, or a database in a build step, can hide a private key so, and a token that its format
/// tells in a manual alone. Each case is listed in the inventory with package, version and layer: a record that nobody can find in the
/// distribution's archive gives itself away.
struct PackageOwnership {
    /// A package that owns a file, and where the record of it was found.
    struct Owner: Hashable {
        let package: InstalledPackage
        let layer: Int
    }

    private struct Source {
        let layer: Int
        let isFoundation: Bool
        /// Whether it is known to come from the base.
        let isInherited: Bool
        let records: PackageRecords
    }

    private let sources: [Source]

    /// `origins` are those of `layers`, in their order from the base up.
    init(_ layers: [InspectedLayer], origins: [Origin]) {
        let top =
            origins.indices.dropFirst().first { ![.base, .unknown].contains(origins[$0]) } ?? origins.count
        sources = layers.indices.compactMap { index in
            let isFoundation = index < top
            guard isFoundation || origins[index] != .context, !layers[index].report.packages.isEmpty else {
                return nil
            }
            return Source(
                layer: layers[index].layer.index, isFoundation: isFoundation,
                isInherited: origins[index] == .base, records: layers[index].report.packages)
        }
    }

    /// The package that owns the file at `path` in `layer`, if its content is what a record that counts says.
    func owner(of path: EntryPath, _ content: ContentDigests?, in layer: Int) -> Owner? {
        guard let content else { return nil }
        for source in sources where source.isFoundation || source.layer == layer {
            guard let package = source.records.owner(of: path, content),
                package.vouching.isDistributions || source.isInherited
            else { continue }
            return Owner(package: package, layer: source.layer)
        }
        return nil
    }

    /// Whether it matters for this whose the file is.
    static func concerns(_ sighting: Sighting, at path: EntryPath) -> Bool {
        switch sighting {
        case .finding(let finding): maybeShipped(finding) || mayBeExample(finding, at: path)
        case .item(let item): [.key, .certificate, .trustAnchor, .authorizedKey].contains(item.type)
        }
    }

    /// Whether this is no finding where this is the package that owns the file at `path`.
    static func excuses(_ finding: SightedFinding, at path: EntryPath, _ owner: Owner) -> Bool {
        guard owner.package.vouching.isDistributions else {
            return maybeShipped(finding) && !keys.contains(finding.kind)
        }
        return maybeShipped(finding) || mayBeExample(finding, at: path)
    }

    private static func maybeShipped(_ finding: SightedFinding) -> Bool {
        kinds.contains(finding.kind) || finding.kind.isSecret && finding.confidence != .high
    }

    private static func mayBeExample(_ finding: SightedFinding, at path: EntryPath) -> Bool {
        finding.kind.isSecret && lies(path, in: manuals)
    }

    /// Whether packages, and nobody else, put files there.
    static func isShipped(_ path: EntryPath) -> Bool {
        lies(path, in: folders) && !path.bytes.starts(with: local)
    }

    private static func lies(_ path: EntryPath, in folders: [[UInt8]]) -> Bool {
        folders.contains { path.bytes.starts(with: $0) }
    }

    private static let keys: Set<FindingKind> = [.privateKey, .encryptedKey, .keystore]
    private static let kinds = keys.union([
        .genericCredential, .urlCredential, .passwordHash, .tlsVerificationDisabled, .plaintextEndpoint,
    ])
    private static let folders = ["usr/", "lib/", "lib64/", "bin/", "sbin/", "var/lib/"].map {
        Array($0.utf8)
    }
    /// What is written for people to read.
    private static let manuals = ["usr/share/doc/", "usr/share/man/", "usr/share/info/", "usr/src/"].map {
        Array($0.utf8)
    }
    private static let local = Array("usr/local/".utf8)
}
