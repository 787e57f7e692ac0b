/// An entry of a tar stream as engines read it from its header blocks.
///
/// All of them use the tar package of Go's library. Where a header is not as usual, that takes other fields for the name,
/// the kind and the length than libarchive does.
package struct EngineHeader: Sendable {
    package private(set) var name: [UInt8]
    package private(set) var target: [UInt8]
    /// The letter of the kind.
    package private(set) var type: UInt8
    /// Permission bits with setuid, setgid and sticky.
    package private(set) var mode: Int
    /// The capabilities of a file, as its attribute has them; nil where it has none.
    package private(set) var capabilities: [UInt8]?
    /// Whether a record stands there twice, and says two things.
    package private(set) var isAmbiguous: Bool
    /// How many bytes a file has, holes among them.
    package private(set) var size: Int
    /// Where in the blocks content begins.
    package private(set) var contentStart: Int
    /// Whether blocks of content follow at all.
    private var hasContent: Bool { !(UInt8(ascii: "1")...UInt8(ascii: "6")).contains(type) }
    private var storedSize: Int

    private static let block = TarHeaderPart.block

    /// Where in the blocks the next entry's begin.
    package var end: Int { contentStart + (hasContent ? Self.rounded(storedSize) : 0) }

    /// Reads `header`, which begins with the entry's first block; nil where that cannot be read.
    package init?(_ header: Span<UInt8>) {
        var told = Told()
        var start = 0
        while start + Self.block <= header.count, let size = Self.number(header, start + 124) {
            let body = (start + Self.block)..<(start + Self.block + size)
            switch header[start + 156] {
            case UInt8(ascii: "x"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K"):
                guard body.upperBound <= header.count, told.take(header[start + 156], body, header) else {
                    return nil
                }
                start = body.lowerBound + Self.rounded(size)
            default:
                self.init(header, block: start, size: size, told)
                return
            }
        }
        return nil
    }

    private init?(_ header: Span<UInt8>, block start: Int, size: Int, _ told: Told) {
        let mark = Mark(header, start)
        name = Self.text(header, start..<(start + 100))
        let prefix = (start + 345)..<(start + 345 + mark.prefixLength(header, start))
        if !prefix.isEmpty, header[prefix.lowerBound] != 0 {
            name = Self.text(header, prefix) + [UInt8(ascii: "/")] + name
        }
        target = Self.text(header, (start + 157)..<(start + 257))
        type = header[start + 156]
        guard let mode = Self.number(header, start + 100, length: 8) else { return nil }
        self.mode = mode & 0o7777
        capabilities = told["SCHILY.xattr.security.capability"]
        isAmbiguous = told.isAmbiguous
        (self.size, storedSize) = (size, size)
        contentStart = start + Self.block
        if let path = told["path"] { self.name = path }
        if let path = told["linkpath"] { target = path }
        if let text = told["size"] {
            guard let size = Self.decimal(text) else { return nil }
            (self.size, storedSize) = (size, size)
        }
        if !told.longName.isEmpty { self.name = told.longName }
        if !told.longTarget.isEmpty { target = told.longTarget }
        if type == 0 { type = self.name.last == UInt8(ascii: "/") ? UInt8(ascii: "5") : UInt8(ascii: "0") }
        if type == UInt8(ascii: "S") {
            guard mark == .gnu, readOldMap(header, start) else { return nil }
        } else if told.isSparse {
            if let path = told["GNU.sparse.name"] { self.name = path }
            if let text = told["GNU.sparse.size"] ?? told["GNU.sparse.realsize"] {
                guard let size = Self.decimal(text) else { return nil }
                self.size = size
            }
        }
    }

    /// Passes the blocks that follow that of an entry with holes, in GNU's older form.
    private mutating func readOldMap(_ header: Span<UInt8>, _ start: Int) -> Bool {
        guard let real = Self.number(header, start + 483) else { return false }
        size = real
        var flag = start + 482
        while header[flag] != 0 {
            flag = contentStart + 504
            contentStart += Self.block
            guard contentStart <= header.count else { return false }
        }
        return true
    }

    private static func rounded(_ size: Int) -> Int { (size + block - 1) / block * block }

    /// What stands in a field up to its end or a zero.
    fileprivate static func text(_ header: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        let end = range.first { header[$0] == 0 } ?? range.upperBound
        guard end > range.lowerBound else { return [] }
        return [UInt8](capacity: end - range.lowerBound) { text in
            for index in range.lowerBound..<end { text.append(header[index]) }
        }
    }

    /// More than any tar stream has.
    private static let largest = 1 << 50

    fileprivate static func decimal(_ text: [UInt8]) -> Int? {
        guard !text.isEmpty, text.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: text, as: UTF8.self)).flatMap { $0 <= largest ? $0 : nil }
    }

    /// The number in the bytes at `start`: octal digits between spaces and zeros, or binary behind a set bit.
    fileprivate static func number(_ header: Span<UInt8>, _ start: Int, length: Int = 12) -> Int? {
        guard header[start] & 0x80 == 0 else {
            var number = Int(header[start] & 0x7f)
            for index in (start + 1)..<(start + length) {
                guard number <= largest else { return nil }
                number = number << 8 | Int(header[index])
            }
            return number <= largest ? number : nil
        }
        func isFilling(_ index: Int) -> Bool { header[index] == 0 || header[index] == 0x20 }
        var range = start..<(start + length)
        while let first = range.first, isFilling(first) { range = (first + 1)..<range.upperBound }
        while let last = range.last, isFilling(last) { range = range.lowerBound..<last }
        var number = 0
        for index in range {
            guard header[index] != 0 else { break }
            guard (0x30...0x37).contains(header[index]) else { return nil }
            number = number << 3 | Int(header[index] - 0x30)
        }
        return number
    }
}

extension EngineHeader {
    /// What a header block says of its own form.
    private enum Mark {
        case posix, star, gnu, other

        init(_ header: Span<UInt8>, _ start: Int) {
            func stands(_ text: String, _ offset: Int) -> Bool {
                var index = start + offset
                for byte in text.utf8 {
                    guard header[index] == byte else { return false }
                    index += 1
                }
                return true
            }
            if stands("ustar\0", 257) {
                self = stands("tar\0", 508) ? .star : .posix
            } else {
                self = stands("ustar  \0", 257) ? .gnu : .other
            }
        }

        /// How long the field is that stands before the name.
        func prefixLength(_ header: Span<UInt8>, _ start: Int) -> Int {
            switch self {
            case .posix: return 155
            case .star: return 131
            case .other: return 0
            case .gnu:
                // Two times stand there, unless they are none.
                let isTime = [345, 357].allSatisfy {
                    header[start + $0] == 0 || EngineHeader.number(header, start + $0) != nil
                }
                let prefix = EngineHeader.text(header, (start + 345)..<(start + 500))
                return isTime || prefix.contains { $0 >= 0x80 } ? 0 : 155
            }
        }
    }

    /// What stands before an entry's own block.
    private struct Told {
        private var records: [String: [UInt8]] = [:]
        private(set) var longName: [UInt8] = []
        private(set) var longTarget: [UInt8] = []
        private(set) var isAmbiguous = false

        /// What a record says; nil where there is none or it says nothing.
        subscript(_ key: String) -> [UInt8]? {
            records[key].flatMap { $0.isEmpty ? nil : $0 }
        }

        /// Whether the records give a map of what is no hole, of a version that is known.
        var isSparse: Bool {
            guard !records.isEmpty else { return false }
            func text(_ key: String) -> String { String(decoding: self[key] ?? [], as: UTF8.self) }
            switch (text("GNU.sparse.major"), text("GNU.sparse.minor")) {
            case ("0", "0"), ("0", "1"), ("1", "0"): return true
            case ("", ""): return self["GNU.sparse.map"] != nil
            default: return false
            }
        }

        /// Takes in what a header of this type says in `body`; false where that cannot be read.
        mutating func take(_ type: UInt8, _ body: Range<Int>, _ header: Span<UInt8>) -> Bool {
            switch type {
            case UInt8(ascii: "L"): longName = EngineHeader.text(header, body)
            case UInt8(ascii: "K"): longTarget = EngineHeader.text(header, body)
            case UInt8(ascii: "g"):
                // It is taken for an entry, and what came before it belongs to that.
                guard Self.records(body, header) != nil else { return false }
                self = Told()
            default:
                guard let (records, isAmbiguous) = Self.records(body, header) else { return false }
                self.records = records
                self.isAmbiguous = isAmbiguous
            }
            return true
        }

        private static func records(
            _ body: Range<Int>, _ header: Span<UInt8>
        ) -> (records: [String: [UInt8]], isAmbiguous: Bool)? {
            var records: [String: [UInt8]] = [:]
            var isAmbiguous = false
            var start = body.lowerBound
            while start < body.upperBound {
                guard let text = TarHeaderPart.recordText(at: start, in: body, header),
                    text.count > 1, header[text.lowerBound - 1] == 0x20,
                    header[text.upperBound - 1] == UInt8(ascii: "\n"),
                    let middle = text.first(where: { header[$0] == UInt8(ascii: "=") })
                else { return nil }
                func bytes(_ range: Range<Int>) -> [UInt8] { range.map { header[$0] } }
                let key = String(decoding: bytes(text.lowerBound..<middle), as: UTF8.self)
                let value = bytes((middle + 1)..<(text.upperBound - 1))
                switch key {
                case "GNU.sparse.offset", "GNU.sparse.numbytes": records["GNU.sparse.map"] = [0x30]
                default:
                    let other = records.updateValue(value, forKey: key)
                    isAmbiguous = isAmbiguous || other.map { $0 != value } ?? false
                }
                start = text.upperBound
            }
            return (records, isAmbiguous)
        }
    }
}
