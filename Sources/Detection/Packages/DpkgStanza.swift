/// One package in dpkg's `status`, or all of a file in `status.d`, where images without dpkg have it.
struct DpkgStanza {
    /// Under which its checksums may stand beside its own name.
    private let fileName: String
    private var name = ""
    private var version = ""
    private var maintainer = ""
    private static let longest = 400

    init(fileName: String = "") { self.fileName = fileName }

    /// The names under which its checksums are.
    var names: [String] {
        guard !name.isEmpty else { return [] }
        return fileName.isEmpty || fileName == name ? [name] : [name, fileName]
    }

    var package: InstalledPackage {
        InstalledPackage(
            database: .dpkg, name: name, version: version,
            vouching: Distributions.maintain(maintainer) ? .named : .none)
    }

    mutating func take(_ line: Span<UInt8>) {
        if let value = Self.value(of: "Package: ", in: line) {
            name = value
        } else if let value = Self.value(of: "Version: ", in: line) {
            version = value
        } else if let value = Self.value(of: "Maintainer: ", in: line) {
            maintainer = value
        }
    }

    mutating func close() { self = DpkgStanza(fileName: fileName) }

    /// What stands behind `key`, if the line begins with it.
    static func value(of key: StaticString, in line: Span<UInt8>) -> String? {
        let key = String(describing: key).utf8
        guard line.count > key.count, line.count <= longest else { return nil }
        var index = 0
        for byte in key {
            guard line[index] == byte else { return nil }
            index += 1
        }
        return String(decoding: (index..<line.count).map { line[$0] }, as: UTF8.self)
    }
}
