/// One package in dpkg's `status`, or all of a file in `status.d`, where images without dpkg have it.
struct DpkgStanza {
    /// Under which its checksums may stand beside its own name.
    private let fileName: String
    private var name = ""
    private var version = ""
    private var maintainer = ""
    private var source = ""
    /// Hashes of the names of packages without which this one is not installed, of alternatives the first.
    private(set) var needs: [UInt64] = []
    private static let longest = 400
    /// No honest package needs as many; a stanza may have any number of lines.
    private static let mostNeeds = 10_000

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

    /// What it was made of, and who made it.
    var origin: String {
        let isOther = source.contains(" (")
        let source = source.isEmpty ? name : source
        return "\(isOther ? source : "\(source) (\(version))") \(maintainer)"
    }

    mutating func take(_ line: Span<UInt8>) {
        guard !line.isEmpty else { return }
        switch line[0] {
        case UInt8(ascii: "P"):
            if let value = Self.value(of: "Package: ", in: line) { name = value }
            need(behind: "Pre-Depends: ", in: line)
        case UInt8(ascii: "V"): if let value = Self.value(of: "Version: ", in: line) { version = value }
        case UInt8(ascii: "M"): if let value = Self.value(of: "Maintainer: ", in: line) { maintainer = value }
        case UInt8(ascii: "S"): if let value = Self.value(of: "Source: ", in: line) { source = value }
        case UInt8(ascii: "D"): need(behind: "Depends: ", in: line)
        case UInt8(ascii: "R"): need(behind: "Recommends: ", in: line)
        default: break
        }
    }

    /// Takes in names as in `libc6 (>= 2.36), default-mta | mail-transport-agent`.
    private mutating func need(behind key: StaticString, in line: Span<UInt8>) {
        guard var position = Self.end(of: key, in: line) else { return }
        while position < line.count, needs.count < Self.mostNeeds {
            while position < line.count, line[position] == UInt8(ascii: " ") { position += 1 }
            let start = position
            while position < line.count, Self.isOfName(line[position]) { position += 1 }
            if position > start { needs.append(PackagePath.hash(line.extracting(start..<position))) }
            while position < line.count, line[position] != UInt8(ascii: ",") { position += 1 }
            position += 1
        }
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    mutating func close() { self = DpkgStanza(fileName: fileName) }

    /// What stands behind `key`, if the line begins with it.
    static func value(of key: StaticString, in line: Span<UInt8>) -> String? {
        guard line.count <= longest, let start = end(of: key, in: line) else { return nil }
        return String(decoding: (start..<line.count).map { line[$0] }, as: UTF8.self)
    }

    /// Where what stands behind `key` begins, if the line begins with it and goes on.
    private static func end(of key: StaticString, in line: Span<UInt8>) -> Int? {
        let key = String(describing: key).utf8
        guard line.count > key.count else { return nil }
        var index = 0
        for byte in key {
            guard line[index] == byte else { return nil }
            index += 1
        }
        return index
    }
}
