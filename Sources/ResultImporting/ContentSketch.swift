/// How a file of results begins: enough to tell whose it is.
///
/// Recognition goes by what stands in a file, not by its name, and by keys rather than by their order, which some
/// programs change.
struct ContentSketch {
    enum Form: Hashable {
        case empty
        /// The name of the root element without prefix, and all namespaces' addresses in it.
        case xml(root: String, namespaces: [String])
        case object
        case list
        /// `null`, which some languages write for an empty list.
        case null
        case other
    }

    /// As many bytes are looked at.
    static let size = 256 << 10

    private(set) var form = Form.other
    /// Where values stand, elements of lists as `*`: `Results.*.Class`.
    private(set) var paths: Set<String> = []
    /// Short texts by where they stand: `bomFormat` to `CycloneDX`.
    private(set) var texts: [String: String] = [:]
    /// Whether it is a list without elements.
    private(set) var isEmptyList = false

    init(_ beginning: [UInt8]) {
        var beginning = beginning[...]
        if beginning.starts(with: [0xef, 0xbb, 0xbf]) { beginning = beginning.dropFirst(3) }
        var start = beginning.first { ![0x20, 0x0a, 0x0d, 0x09].contains($0) }
        if let first = start, !Array("<{[".utf8).contains(first), let line = Self.documentLine(in: beginning)
        {
            // Text for people stands before what programs read.
            beginning = beginning[line...]
            start = beginning.first
        }
        switch start {
        case nil: form = .empty
        case UInt8(ascii: "<"): form = Self.xml(beginning)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            form = start == UInt8(ascii: "{") ? .object : .list
            let reader = JSONReader(ByteFeed(Array(beginning)))
            // What was cut off at the end cannot be read, and what stands before it is enough.
            try? note(reader, at: "", depth: 0)
            isEmptyList = form == .list && !paths.contains("*")
        default: form = beginning.drop { $0 <= 0x20 }.starts(with: "null".utf8) ? .null : .other
        }
    }

    /// Where the first line that begins as JSON does begins.
    private static func documentLine(in text: ArraySlice<UInt8>) -> Int? {
        var isLineStart = true
        for (index, byte) in zip(text.indices, text) {
            if isLineStart, byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { return index }
            isLineStart = byte == 0x0a
        }
        return nil
    }

    func has(_ paths: String...) -> Bool { paths.allSatisfy(self.paths.contains) }

    private mutating func note(_ reader: JSONReader, at path: String, depth: Int) throws(ImportError) {
        guard depth < 6, paths.count < 2_000 else { return try reader.skip() }
        if !path.isEmpty { paths.insert(path) }
        let prefix = path.isEmpty ? "" : path + "."
        switch try reader.peek() {
        case UInt8(ascii: "{"):
            try reader.members { key throws(ImportError) in
                // No tool has a longer key, and paths repeat it.
                guard (1...100).contains(key.utf8.count) else { return try reader.skip() }
                try note(reader, at: prefix + key, depth: depth + 1)
            }
        case UInt8(ascii: "["):
            try reader.list { _ throws(ImportError) in try note(reader, at: prefix + "*", depth: depth + 1) }
        case UInt8(ascii: "\""):
            if let text = try reader.text(limit: 200), texts[path] == nil { texts[path] = text }
        default: _ = try reader.scalar()
        }
    }

    /// The root element's name and namespaces, as far as a look at the text tells.
    private static func xml(_ beginning: ArraySlice<UInt8>) -> Form {
        let text = String(decoding: beginning.prefix(16 << 10), as: UTF8.self)
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: start)...]
            guard let first = rest.first, first.isLetter || first == "_" else {
                if rest.hasPrefix("!--"), let end = rest.firstRange(of: "-->") {
                    rest = rest[end.upperBound...]
                }
                continue
            }
            let tag = rest.prefix { $0 != ">" }
            let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
            let root = name.split(separator: ":").last.map(String.init) ?? ""
            let namespaces = tag.split(whereSeparator: { $0 == "\"" || $0 == "'" }).filter {
                $0.contains("://")
            }
            return .xml(root: root, namespaces: namespaces.map(String.init))
        }
        return .other
    }
}
