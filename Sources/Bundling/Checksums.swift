internal import Cryptography

/// The list of digests that `sha256sum -c` reads.
enum Checksums {
    static let fileName = "SHA256SUMS"

    /// A line for each of `files`, in their order.
    static func list(_ files: [BundleFile]) -> BundleFile {
        let lines = files.map { "\(HexDigits.text(SHA256Hasher.hash($0.bytes)))  \($0.name)\n" }
        return BundleFile(name: fileName, bytes: Array(lines.joined().utf8))
    }

    /// In what `files` differ from those that `list`, which is not theirs, names.
    static func difference(of files: [BundleFile], from list: BundleFile) -> BundleError {
        var listed: Set<String> = []
        let lines = Set(list.bytes.split(separator: UInt8(ascii: "\n")))
        for line in lines {
            guard let name = name(in: line) else {
                return BundleError(.content, at: fileName, "is no list of digests")
            }
            listed.insert(name)
        }
        if let added = files.first(where: { !listed.contains($0.name) }) {
            return BundleError(.content, at: added.name, "is not listed in \(fileName): somebody added it")
        }
        if let missing = listed.subtracting(files.map(\.name)).min() {
            return BundleError(.content, at: missing, "is missing, and listed in \(fileName)")
        }
        let own = Self.list(files).bytes.split(separator: UInt8(ascii: "\n"))
        let changed = zip(files, own).first { !lines.contains($1) }
        return changed.map { file, _ in
            BundleError(.content, at: file.name, "is not of the digest that is listed for it")
        } ?? BundleError(.content, at: fileName, "is not written as a bundle's list is")
    }

    /// The name in a line of the list, where it may be that of a bundle's file.
    private static func name(in line: ArraySlice<UInt8>) -> String? {
        // What `sha256sum` writes before a name: 64 digits and two blanks.
        let start = 66
        let name = Array(line.dropFirst(start))
        guard line.count > start, BundleFile.isName(name) else { return nil }
        return String(decoding: name, as: UTF8.self)
    }
}
