/// How often the header blocks of one tar entry say what it is called, or what it links to, beside the entry's own block.
///
/// Honest writers say either once. Readers differ in what they take of a PAX record and a GNU name.
package struct TarNames: Hashable, Sendable {
    package private(set) var names = 0
    package private(set) var targets = 0

    private static let nameKey = Array("path".utf8)
    private static let targetKey = Array("linkpath".utf8)

    /// Counts in `header`, which begins with a header block.
    package init(in header: Span<UInt8>) {
        let block = TarHeaderPart.block
        var start = 0
        while start + block < header.count {
            let size = TarHeaderPart.size(header, start + 124)
            let body = start + block
            switch header[start + 156] {
            case UInt8(ascii: "L"): names += 1
            case UInt8(ascii: "K"): targets += 1
            case UInt8(ascii: "x"), UInt8(ascii: "X"): count(body..<min(body + size, header.count), header)
            case UInt8(ascii: "g"): break
            default: return
            }
            start = body + (size + block - 1) / block * block
        }
    }

    /// Counts what the records of a PAX header say.
    private mutating func count(_ body: Range<Int>, _ header: Span<UInt8>) {
        var hasName = false
        var hasTarget = false
        var start = body.lowerBound
        while let record = TarHeaderPart.recordText(at: start, in: body, header) {
            hasName = hasName || Self.begins(record, with: Self.nameKey, header)
            hasTarget = hasTarget || Self.begins(record, with: Self.targetKey, header)
            start = record.upperBound
        }
        names += hasName ? 1 : 0
        targets += hasTarget ? 1 : 0
    }

    private static func begins(_ record: Range<Int>, with key: [UInt8], _ header: Span<UInt8>) -> Bool {
        guard record.count > key.count, header[record.lowerBound + key.count] == UInt8(ascii: "=") else {
            return false
        }
        return key.indices.allSatisfy { header[record.lowerBound + $0] == key[$0] }
    }
}
