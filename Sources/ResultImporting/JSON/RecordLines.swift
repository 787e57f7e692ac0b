/// Records one a line, as tools write that find things for hours: a broken line costs that line only.
///
/// Some pipelines wrap the lines in one list, or lay each out over several; both are read as well.
enum RecordLines {
    /// No tool writes a longer line.
    private static let longest = 8 << 20

    static func each(
        of feed: ByteFeed, dropping dropped: Set<String> = [], into log: inout ImportLog,
        _ body: (JSONValue, inout ImportLog) -> Bool
    ) throws(ImportError) {
        let whole = JSONReader(feed)
        try whole.skipMark()
        if try whole.peek() == UInt8(ascii: "[") {
            try whole.records(dropping: dropped, into: &log, "record", body)
            return try whole.end()
        }
        var number = 0
        var pending: [UInt8] = []
        var first = 1
        while let line = try line(of: feed) {
            number += 1
            guard !line.bytes.isEmpty || !pending.isEmpty else { continue }
            if pending.isEmpty { first = number }
            pending += line.bytes
            guard pending.count <= Self.longest else {
                log.addFault(at: "line \(first)", "longer than any")
                pending = []
                continue
            }
            // A record that is laid out over lines has brackets alone on the first and the last of them.
            let isOpen = pending.first == UInt8(ascii: "{") && line.bytes != [UInt8(ascii: "}")]
            let isLaidOut = first != number || line.bytes == [UInt8(ascii: "{")]
            if isLaidOut, isOpen, line.hasEnd {
                pending.append(0x0a)
                continue
            }
            let record = pending
            pending = []
            do throws(ImportError) {
                let reader = JSONReader(ByteFeed(record))
                let value = try reader.value(dropping: dropped)
                try reader.end()
                if let fault = fault(in: value, body, &log) { log.addFault(at: "line \(first)", fault) }
            } catch {
                // What lacks both its end and the line's was cut off.
                guard line.hasEnd || error.code == .limit else {
                    throw ImportError(code: .truncated, place: "line \(first)", reason: error.reason)
                }
                log.addFault(at: "line \(first)", error.reason)
            }
        }
        guard pending.isEmpty else {
            throw ImportError(
                code: .truncated, place: "line \(first)",
                reason: "a record that is laid out over lines has no end")
        }
    }

    /// What is wrong with a record that `body` was to take; nil where it did.
    private static func fault(
        in value: JSONValue?, _ body: (JSONValue, inout ImportLog) -> Bool, _ log: inout ImportLog
    ) -> String? {
        guard let value else { return "larger than any, or with a key twice" }
        guard value.isObject else { return value.summary }
        return body(value, &log) ? nil : "without what every one has"
    }

    /// The next line without blanks around it; nil at the end.
    private static func line(of feed: ByteFeed) throws(ImportError) -> (bytes: [UInt8], hasEnd: Bool)? {
        guard try feed.peek() != nil else { return nil }
        var bytes: [UInt8] = []
        while try feed.peek() != nil {
            let run = try feed.run { $0 == 0x0a }
            if bytes.count <= longest { bytes += run }
            if try feed.peek() == 0x0a {
                feed.advance()
                return (trimmed(bytes), true)
            }
        }
        return (trimmed(bytes), false)
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return Array(bytes[first...last])
    }
}
