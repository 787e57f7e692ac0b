/// Which packages a distribution's own packages need, and which were made of the same source as these.
///
/// Some of Debian's packages name a person as their maintainer, as anybody's own package does. But what is in Debian
/// depends on nothing that is not, and recommends nothing either (Debian Policy 2.2.1).
struct DpkgRelations {
    /// No honest database names as many; they take 6 MB.
    private static let limit = 100_000

    private var needed: Set<UInt64> = []
    /// Of packages that name nobody we know, by their own name, what they were made of.
    private var origins: [UInt64: UInt64] = [:]

    mutating func add(_ stanza: DpkgStanza) {
        guard needed.count < Self.limit, origins.count < Self.limit else { return }
        if stanza.package.vouching == .named {
            needed.formUnion(stanza.needs)
        } else {
            origins[Self.hash(stanza.package.name)] = Self.hash(stanza.origin)
        }
    }

    /// `packages`, and those that are needed marked as such, but for the `disputed`, given by their places.
    func marking(_ packages: [InstalledPackage?], disputed: Set<UInt32>) -> [InstalledPackage?] {
        let sources = Set(origins.filter { needed.contains($0.key) }.values)
        return packages.enumerated().map { index, package in
            guard let package, package.database == .dpkg, package.vouching == .none,
                !disputed.contains(UInt32(index)), let origin = origins[Self.hash(package.name)],
                sources.contains(origin)
            else { return package }
            return InstalledPackage(
                database: .dpkg, name: package.name, version: package.version, vouching: .needed)
        }
    }

    private static func hash(_ name: String) -> UInt64 { PackagePath.hash(Array(name.utf8).span) }
}
