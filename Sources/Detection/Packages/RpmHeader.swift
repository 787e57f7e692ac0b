/// A package as rpm stores it: how many tags, how many bytes of data, where each tag's data lies, and the data.
///
/// Every number is from the image, so each is held against the header's size before it is used.
struct RpmHeader {
    private enum Tag {
        static let name = 1000
        static let version = 1001
        static let release = 1002
        static let vendor = 1011
        static let digests = 1035
        static let flags = 1037
        static let folderIndices = 1116
        static let fileNames = 1117
        static let folders = 1118
    }

    private struct Field {
        /// In the header.
        let offset: Int
        let count: Int
    }

    /// More than any package has, so that a false number costs nothing.
    private static let tagLimit = 1_000
    private static let fileLimit = 200_000
    /// As in a file system; folders of a false header may be as long as all of it, and each file names one again.
    private static let longestPath = 4096
    /// Of a file that is there to be changed.
    private static let configuration = 1

    private var fields: [Int: Field] = [:]

    init?(_ header: Span<UInt8>) {
        guard let count = Self.number(header, 0), count <= Self.tagLimit else { return nil }
        let data = 8 + 16 * count
        guard data <= header.count else { return nil }
        for index in 0..<count {
            let entry = 8 + 16 * index
            guard let tag = Self.number(header, entry), let offset = Self.number(header, entry + 8),
                let values = Self.number(header, entry + 12), offset < header.count - data
            else { continue }
            fields[tag] = Field(offset: data + offset, count: values)
        }
    }

    /// Notes the package and its files; files that are there to be changed are left out.
    func note(in table: inout PackageTable, _ header: Span<UInt8>) {
        let name = text(Tag.name, header)
        let version = text(Tag.version, header) + "-" + text(Tag.release, header)
        // A kernel, say, is installed in several versions side by side.
        guard let owner = table.index(of: "\(name) \(version)", .rpm), !name.isEmpty else { return }
        table.define(
            owner,
            InstalledPackage(
                database: .rpm, name: name, version: version,
                vouching: Distributions.sell(text(Tag.vendor, header)) ? .named : .none))
        guard let names = fields[Tag.fileNames], names.count <= Self.fileLimit,
            let digests = fields[Tag.digests], let indices = fields[Tag.folderIndices]
        else { return }
        let folders = folderNames(header)
        var nameStart = names.offset
        var digestStart = digests.offset
        for index in 0..<min(names.count, digests.count, indices.count) {
            guard let name = Self.textRange(header, nameStart),
                let digest = Self.textRange(header, digestStart),
                let folder = Self.number(header, indices.offset + 4 * index)
            else { return }
            nameStart = name.upperBound + 1
            digestStart = digest.upperBound + 1
            guard !table.isFull else { return }
            guard folders.indices.contains(folder), folders[folder].count + name.count <= Self.longestPath,
                !isConfiguration(index, header), let checksum = Self.bytes(header.extracting(digest)),
                [16, 20, 32].contains(checksum.count),
                let halves = PackageRecords.checksum(checksum.span)
            else { continue }
            let path = folders[folder] + name.map { header[$0] }
            table.add(path: PackagePath.hash(path.span), halves, Self.algorithm(of: checksum), owner)
        }
    }

    /// Each has a length of its own; what rpm says of it adds nothing.
    private static func algorithm(of digest: [UInt8]) -> PackageRecords.Algorithm {
        switch digest.count {
        case 32: .sha256
        case 20: .sha1
        default: .md5
        }
    }

    private func isConfiguration(_ index: Int, _ header: Span<UInt8>) -> Bool {
        guard let flags = fields[Tag.flags], index < flags.count else { return false }
        return Self.number(header, flags.offset + 4 * index).map { $0 & Self.configuration != 0 } ?? true
    }

    private func folderNames(_ header: Span<UInt8>) -> [[UInt8]] {
        guard let field = fields[Tag.folders], field.count <= Self.fileLimit else { return [] }
        var names: [[UInt8]] = []
        var start = field.offset
        while names.count < field.count, let range = Self.textRange(header, start) {
            names.append(range.map { header[$0] })
            start = range.upperBound + 1
        }
        return names
    }

    private func text(_ tag: Int, _ header: Span<UInt8>) -> String {
        guard let field = fields[tag], let range = Self.textRange(header, field.offset) else { return "" }
        return String(decoding: range.prefix(400).map { header[$0] }, as: UTF8.self)
    }

    /// The text that begins here and ends before a zero byte.
    private static func textRange(_ header: Span<UInt8>, _ start: Int) -> Range<Int>? {
        var end = start
        while end < header.count {
            if header[end] == 0 { return start..<end }
            end += 1
        }
        return nil
    }

    /// What hex digits write.
    private static func bytes(_ text: Span<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2), text.count <= 128 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: text.count, by: 2) {
            guard let high = HexDigit.value(text[index]), let low = HexDigit.value(text[index + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func number(_ header: Span<UInt8>, _ offset: Int) -> Int? {
        guard offset >= 0, offset + 4 <= header.count else { return nil }
        return (0..<4).reduce(0) { $0 << 8 | Int(header[offset + $1]) }
    }
}
