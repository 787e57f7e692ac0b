/// The records of the PAX headers among the header blocks of a tar entry, from one pass over them: a hostile header holds
/// tens of thousands.
package struct TarRecords {
    private struct Record {
        let key: Range<Int>
        /// With the line feed at its end.
        let value: Range<Int>
    }

    /// What stands before the name of an extended attribute, by the program that wrote it.
    private static let prefixes = ["SCHILY.xattr.", "LIBARCHIVE.xattr.", "RHT."].map { Array($0.utf8) }

    /// In order.
    private var records: [Record] = []

    /// The records in `header`, which begins with a header block.
    package init(_ header: Span<UInt8>) {
        let block = TarHeaderPart.block
        var start = 0
        while start + block <= header.count {
            let size = TarHeaderPart.size(header, start + 124)
            let body = start + block..<min(start + block + size, header.count)
            if Self.hasRecords(header[start + 156]) { add(body, header) }
            start += block + (size + block - 1) / block * block
        }
    }

    /// Names and values of extended attributes that stand in `header`, from which this was made, as they are.
    package func attributes(in header: Span<UInt8>) -> Set<[UInt8]> {
        var texts: Set<[UInt8]> = []
        for record in records {
            let key = record.key.map { header[$0] }
            guard let prefix = Self.prefixes.first(where: { key.starts(with: $0) }) else { continue }
            texts.insert(Array(key[prefix.count...]))
            texts.insert(record.value.dropLast().map { header[$0] })
        }
        return texts
    }

    /// The key of the record that the byte at `offset` of `header` lies in.
    package func key(at offset: Int, in header: Span<UInt8>) -> [UInt8]? {
        var low = 0
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if records[middle].value.upperBound > offset { high = middle } else { low = middle + 1 }
        }
        guard low < records.count, records[low].key.lowerBound <= offset else { return nil }
        return records[low].key.map { header[$0] }
    }

    private static func hasRecords(_ type: UInt8) -> Bool {
        type == UInt8(ascii: "x") || type == UInt8(ascii: "g") || type == UInt8(ascii: "X")
    }

    private mutating func add(_ body: Range<Int>, _ header: Span<UInt8>) {
        var start = body.lowerBound
        while let text = TarHeaderPart.recordText(at: start, in: body, header), !text.isEmpty {
            let end = text.first { header[$0] == UInt8(ascii: "=") } ?? text.upperBound
            records.append(
                Record(key: text.lowerBound..<end, value: min(end + 1, text.upperBound)..<text.upperBound))
            start = text.upperBound
        }
    }
}
