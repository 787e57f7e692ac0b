package import Cryptography
package import Model

/// What the package databases in one layer say: which content belongs at which path, and to which package.
///
/// Compact, since an image has a hundred thousand files: paths as hashes, and of checksums sixteen bytes, which is all of
/// an MD5 and as hard to meet in the others. Two paths with the same hash do no harm, as the content has to fit too.
package struct PackageRecords: Sendable {
    /// As many as four thousand packages have; they take 13 MB.
    static let limit = 400_000
    /// How many packages one layer may name.
    static let packageLimit = 30_000

    enum Algorithm: UInt8 { case md5, sha1, sha256 }

    struct Entry: Sendable {
        let path: UInt64
        let checksum: (UInt64, UInt64)
        let package: UInt32
        let algorithm: Algorithm
    }

    private let packages: [InstalledPackage]
    /// Ordered by path.
    private let entries: [Entry]
    /// About how many bytes of memory it takes.
    package let weight: Int

    package static let none = PackageRecords(packages: [], entries: [], weight: 0)

    /// Of `entries` only those of packages that a distribution can be said to vouch for.
    ///
    /// They are sorted out in place, since a copy takes as much again.
    init(packages: [InstalledPackage?], entries: inout [Entry]) {
        var kept: [InstalledPackage] = []
        var places: [UInt32: UInt32] = [:]
        entries.removeAll {
            (packages[Int($0.package)]?.vouching ?? PackageVouching.none) == PackageVouching.none
        }
        for index in entries.indices {
            let entry = entries[index]
            let place = places[entry.package] ?? UInt32(kept.count)
            if places.updateValue(place, forKey: entry.package) == nil,
                let package = packages[Int(entry.package)]
            {
                kept.append(package)
            }
            entries[index] = Entry(
                path: entry.path, checksum: entry.checksum, package: place, algorithm: entry.algorithm)
        }
        entries.sort { ($0.path, $0.package, $0.checksum.0) < ($1.path, $1.package, $1.checksum.0) }
        self.entries = entries
        self.packages = kept
        weight = kept.reduce(self.entries.count * MemoryLayout<Entry>.stride) {
            $0 + 120 + $1.name.utf8.count + $1.version.utf8.count
        }
    }

    private init(packages: [InstalledPackage], entries: [Entry], weight: Int) {
        self.packages = packages
        self.entries = entries
        self.weight = weight
    }

    package var isEmpty: Bool { entries.isEmpty }

    /// The package whose own file the one at `path` is, if its content is what the database records for that path.
    package func owner(of path: EntryPath, _ content: ContentDigests) -> InstalledPackage? {
        let hash = PackagePath.hash(path.bytes.span)
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].path < hash { low = middle + 1 } else { high = middle }
        }
        for entry in entries[low...].prefix(while: { $0.path == hash }) {
            let digest =
                switch entry.algorithm {
                case .md5: content.md5
                case .sha1: content.sha1
                case .sha256: content.sha256
                }
            guard let checksum = Self.checksum(digest.span), checksum == entry.checksum else { continue }
            return packages[Int(entry.package)]
        }
        return nil
    }

    /// The first sixteen bytes as two numbers; nil where there are fewer.
    static func checksum(_ digest: Span<UInt8>) -> (UInt64, UInt64)? {
        guard digest.count >= 16 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        for index in 0..<8 {
            halves.0 = halves.0 << 8 | UInt64(digest[index])
            halves.1 = halves.1 << 8 | UInt64(digest[index + 8])
        }
        return halves
    }
}

extension PackageRecords: Codable {
    /// Of each entry four numbers: path, both halves of the checksum, and package and algorithm together.
    private enum Key: String, CodingKey { case packages, entries }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let packages = try values.decode([InstalledPackage].self, forKey: .packages)
        let numbers = try values.decode(PackedNumbers.self, forKey: .entries).numbers
        var entries = try stride(from: 0, to: numbers.count - 3, by: 4).map { start in
            let algorithm = Algorithm(rawValue: UInt8(truncatingIfNeeded: numbers[start + 3]))
            let package = UInt32(truncatingIfNeeded: numbers[start + 3] >> 8)
            guard let algorithm, packages.indices.contains(Int(package)) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .entries, in: values, debugDescription: "no such algorithm or package")
            }
            return Entry(
                path: numbers[start], checksum: (numbers[start + 1], numbers[start + 2]), package: package,
                algorithm: algorithm)
        }
        self.init(packages: packages, entries: &entries)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(packages, forKey: .packages)
        let numbers = entries.flatMap { entry in
            [
                entry.path, entry.checksum.0, entry.checksum.1,
                UInt64(entry.package) << 8 | UInt64(entry.algorithm.rawValue),
            ]
        }
        try values.encode(PackedNumbers(numbers), forKey: .entries)
    }
}
