/// The packages and files that the databases of a layer name, while they are read.
///
/// dpkg names a package's files in one file and the package itself in another, in either order.
struct PackageTable {
    private var indices: [String: UInt32] = [:]
    private var packages: [InstalledPackage?] = []
    private var entries: [PackageRecords.Entry] = []
    private var relations = DpkgRelations()
    /// Packages of which two records differ.
    private var disputed: Set<UInt32> = []

    /// Whether no more files are taken in.
    var isFull: Bool { entries.count >= PackageRecords.limit }

    /// The package of this name; nil where there are too many, or it has none.
    mutating func index(of name: String, _ database: PackageDatabase) -> UInt32? {
        guard !name.isEmpty, name.utf8.count <= 200 else { return nil }
        let key = "\(database.rawValue) \(name)"
        if let index = indices[key] { return index }
        guard packages.count < PackageRecords.packageLimit else { return nil }
        let index = UInt32(packages.count)
        packages.append(nil)
        indices[key] = index
        return index
    }

    /// Says what the package is; where two records of one name differ, neither is vouched for.
    mutating func define(_ index: UInt32, _ package: InstalledPackage) {
        let before = packages[Int(index)]
        if let before, before.vouching != package.vouching || before.version != package.version {
            disputed.insert(index)
            packages[Int(index)] = InstalledPackage(
                database: package.database, name: package.name, version: package.version, vouching: .none)
        } else {
            packages[Int(index)] = package
        }
    }

    mutating func define(_ name: String, _ package: InstalledPackage) {
        guard let index = index(of: name, package.database) else { return }
        define(index, package)
    }

    mutating func add(_ stanza: DpkgStanza) {
        for name in stanza.names { define(name, stanza.package) }
        relations.add(stanza)
    }

    mutating func add(
        path: UInt64, _ checksum: (UInt64, UInt64), _ algorithm: PackageRecords.Algorithm, _ package: UInt32
    ) {
        guard !isFull else { return }
        // Room that nothing is written to costs nothing, and growing takes half as much again for a moment.
        if entries.isEmpty { entries.reserveCapacity(PackageRecords.limit) }
        entries.append(
            PackageRecords.Entry(path: path, checksum: checksum, package: package, algorithm: algorithm))
    }

    /// All that was taken in; the table is empty then.
    mutating func finish() -> PackageRecords {
        defer { self = PackageTable() }
        guard !entries.isEmpty else { return .none }
        let packages = relations.marking(packages, disputed: disputed)
        // Handed over and not copied, since they take as much as all else.
        var entries: [PackageRecords.Entry] = []
        swap(&entries, &self.entries)
        return PackageRecords(packages: packages, entries: &entries)
    }
}
