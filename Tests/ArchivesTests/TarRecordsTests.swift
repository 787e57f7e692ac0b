import Testing

@testable import Archives

/// Records of PAX headers, whoever wrote them.
@Suite struct TarRecordsTests {
    /// The blocks of a PAX header with these records, behind one of another kind.
    private static func header(_ records: [(key: String, value: String)]) -> [UInt8] {
        var body: [UInt8] = []
        for (key, value) in records {
            let rest = key.utf8.count + value.utf8.count + 3
            var length = rest
            while length != rest + String(length).utf8.count { length = rest + String(length).utf8.count }
            body += Array("\(length) \(key)=\(value)\n".utf8)
        }
        var block = [UInt8](repeating: 0, count: 512)
        block[156] = UInt8(ascii: "x")
        for (index, digit) in String(body.count, radix: 8).utf8.enumerated() { block[124 + index] = digit }
        let padding = [UInt8](repeating: 0, count: (512 - body.count % 512) % 512)
        return block + body + padding + [UInt8](repeating: 0, count: 512)
    }

    @Test("names and values of attributes are told, and no other records")
    func attributes() {
        let header = Self.header([
            ("path", "a/b"), ("SCHILY.xattr.user.note", "it=is"), ("LIBARCHIVE.xattr.user.x", "YWJj"),
            ("RHT.security.selinux", "label"),
        ])
        let texts = TarRecords(header.span).attributes(in: header.span).map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(texts.sorted() == ["YWJj", "it=is", "label", "security.selinux", "user.note", "user.x"])
    }

    @Test("each byte belongs to its record", arguments: [1, 3, 200])
    func keys(count: Int) {
        let header = Self.header((0..<count).map { ("SCHILY.xattr.a\($0)", "value \($0)") })
        let records = TarRecords(header.span)
        for offset in header.indices {
            let part = TarHeaderPart.at(offset, in: header.span)
            if let key = records.key(at: offset, in: header.span) { #expect(part == .record(key: key)) }
        }
        #expect(records.key(at: 520, in: header.span) != nil)
        #expect(records.key(at: 0, in: header.span) == nil)
    }

    @Test("what is broken has the records before it", arguments: ["9999 a=b\n", "0 a=b\n", "x", "4"])
    func broken(text: String) {
        var header = Self.header([("SCHILY.xattr.user.a", "first"), ("zzzzzzzzzzzz", "second")])
        for (index, byte) in text.utf8.enumerated() { header[512 + 30 + index] = byte }
        #expect(TarRecords(header.span).attributes(in: header.span).contains(Array("first".utf8)))
    }
}
