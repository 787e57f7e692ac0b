internal import Cryptography

/// One package in apk's `installed`: a letter, a colon and a value a line; files by folder (`F:`), name (`R:`) and
/// checksum (`Z:`), which is `Q1` and SHA-1 or `Q2` and SHA-256 in base64.
struct ApkRecord {
    struct File {
        let path: UInt64
        let checksum: (UInt64, UInt64)
        let algorithm: PackageRecords.Algorithm
    }

    private(set) var name = ""
    private var version = ""
    private var maintainer = ""
    private var origin = ""
    private var commit = ""
    private var folder: [UInt8] = []
    private var file: [UInt8] = []
    private static let longest = 4096

    var package: InstalledPackage {
        let vouching: PackageVouching =
            if Distributions.maintain(maintainer) {
                .named
            } else {
                !origin.isEmpty && commit.utf8.count == 40 ? .built : .none
            }
        return InstalledPackage(database: .apk, name: name, version: version, vouching: vouching)
    }

    /// Takes in a line; the file that it completes.
    mutating func take(_ line: Span<UInt8>) -> File? {
        guard line.count > 1, line.count <= Self.longest, line[1] == UInt8(ascii: ":") else { return nil }
        let value = (2..<line.count).map { line[$0] }
        switch line[0] {
        case UInt8(ascii: "Z"): return checksum(value)
        case UInt8(ascii: "F"): (folder, file) = (value, [])
        case UInt8(ascii: "R"): file = value
        case UInt8(ascii: "P"): name = Self.text(value)
        case UInt8(ascii: "V"): version = Self.text(value)
        case UInt8(ascii: "m"): maintainer = Self.text(value)
        case UInt8(ascii: "o"): origin = Self.text(value)
        case UInt8(ascii: "c"): commit = Self.text(value)
        default: break
        }
        return nil
    }

    private func checksum(_ value: [UInt8]) -> File? {
        guard !file.isEmpty, value.count > 2, value[0] == UInt8(ascii: "Q"),
            let digest = Base64.decode(Array(value[2...])),
            let checksum = PackageRecords.checksum(digest.span)
        else { return nil }
        let path = PackagePath.hash(folder, file.span)
        switch (value[1], digest.count) {
        case (UInt8(ascii: "1"), 20): return File(path: path, checksum: checksum, algorithm: .sha1)
        case (UInt8(ascii: "2"), 32): return File(path: path, checksum: checksum, algorithm: .sha256)
        default: return nil
        }
    }

    private static func text(_ value: [UInt8]) -> String {
        String(decoding: value.prefix(400), as: UTF8.self)
    }
}
