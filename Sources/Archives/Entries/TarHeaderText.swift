/// The header blocks of a tar entry as text to be searched: first the fields that hold names, each by itself, because in
/// a block they lie against digits of other fields, and then all blocks as they are stored.
package struct TarHeaderText {
    package private(set) var bytes: [UInt8] = []
    /// Where each field ends in ``bytes``, and what it is.
    private var fields: [(end: Int, part: TarHeaderPart)] = []

    private static let block = 512
    private static let names: [(range: Range<Int>, part: TarHeaderPart)] = [
        (0..<100, .fileName), (157..<257, .linkTarget), (265..<297, .userName), (297..<329, .groupName),
        (345..<500, .fileName),
    ]

    package init() {}

    /// Becomes the text of `header`, which begins with a header block; the memory is used again.
    package mutating func load(_ header: Span<UInt8>) {
        bytes.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        var start = 0
        while start + Self.block <= header.count {
            if Self.isMarked(header, start) { add(header, start) }
            start += Self.block
        }
        unsafe header.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// What the byte at `offset` of ``bytes`` belongs to; `header` is what was loaded, and has these records.
    package func part(at offset: Int, of header: Span<UInt8>, _ records: TarRecords) -> TarHeaderPart {
        let raw = fields.last?.end ?? 0
        guard offset < raw else {
            return records.key(at: offset - raw, in: header).map { .record(key: $0) }
                ?? .at(offset - raw, in: header)
        }
        return fields.first { offset < $0.end }?.part ?? .other
    }

    private mutating func add(_ header: Span<UInt8>, _ start: Int) {
        for (range, part) in Self.names where header[start + range.lowerBound] != 0 {
            for index in range {
                let byte = header[start + index]
                guard byte != 0 else { break }
                bytes.append(byte)
            }
            bytes.append(0)
            fields.append((bytes.count, part))
        }
    }

    /// Whether a block says of itself that it is a header; in older ones names lie against nothing.
    private static func isMarked(_ header: Span<UInt8>, _ start: Int) -> Bool {
        let mark = start + 257
        return header[mark] == 0x75 && header[mark + 1] == 0x73 && header[mark + 2] == 0x74
            && header[mark + 3] == 0x61 && header[mark + 4] == 0x72
    }
}
