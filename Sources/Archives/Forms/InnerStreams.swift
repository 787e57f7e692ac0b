/// Finds the zlib streams in a file of some form, one after the other, as far as they may hold text.
package protocol InnerStreams {
    /// As one of them is called.
    var name: String { get }

    /// How much of what was seen before is needed to know one.
    static var margin: Int { get }

    /// Where in `bytes`, which begin at `offset` in the file, the next one begins.
    mutating func find(in bytes: Span<UInt8>, at offset: Int) -> Int?
}

extension InnerStreams {
    /// Goes on in `window` to the beginning of the next one; false where there is none to the file's end.
    package mutating func next(in window: WindowedByteSource) throws(ArchiveError) -> Bool {
        var search = self
        defer { self = search }
        return try window.skip(margin: Self.margin) { bytes, offset in search.find(in: bytes, at: offset) }
    }
}

/// Text that stands compressed in a PNG picture.
package struct PictureTexts: InnerStreams {
    package let name = "PNG text"
    package static let margin = longestHead + 16
    /// A keyword and the name of a language are shorter.
    private static let longestHead = 4 << 10
    private static let mark: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

    /// Where in the file the next chunk begins; nil behind the last.
    private var chunk: Int? = mark.count

    package init() {}

    /// Whether a file that begins with `bytes` is a PNG picture.
    static func isBegun(by bytes: Span<UInt8>) -> Bool {
        bytes.count > mark.count && mark.indices.allSatisfy { bytes[$0] == mark[$0] }
    }

    package mutating func find(in bytes: Span<UInt8>, at offset: Int) -> Int? {
        while let place = chunk.map({ $0 - offset }), place >= 0, place + 8 <= bytes.count {
            let length = (0..<4).reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
            let content = place + 8
            guard content + min(length, Self.longestHead) <= bytes.count else { return nil }
            let type = (4..<8).map { bytes[place + $0] }
            guard type.allSatisfy({ (0x41...0x5a).contains($0 & 0xdf) }) else {
                chunk = nil
                return nil
            }
            chunk = offset + content + length + 4
            let head = bytes.extracting(content..<content + min(length, Self.longestHead))
            if let start = Self.start(in: head, of: type) { return content + start }
        }
        return nil
    }

    /// Where the stream begins in a chunk of this type; nil where it has none.
    private static func start(in head: Span<UInt8>, of type: [UInt8]) -> Int? {
        func behindZero(_ start: Int) -> Int? {
            head.indices.first { $0 >= start && head[$0] == 0 }.map { $0 + 1 }
        }
        guard let keywordEnd = behindZero(0), keywordEnd < head.count else { return nil }
        if type == Array("zTXt".utf8) { return keywordEnd + 1 }
        // Compressed or not, how, in which language, and the keyword in that.
        guard type == Array("iTXt".utf8), head[keywordEnd] == 1, let language = behindZero(keywordEnd + 2)
        else {
            return nil
        }
        return behindZero(language)
    }
}

/// What stands compressed in a PDF document, other than pictures.
package struct DocumentStreams: InnerStreams {
    package let name = "PDF stream"
    package static let margin = longestDictionary + 16
    private static let longestDictionary = 2 << 10
    private static let keyword = Array("stream".utf8)

    /// Up to where in the file all were seen.
    private var passed = 0

    package init() {}

    /// Whether a file that begins with `bytes` is a PDF document.
    static func isBegun(by bytes: Span<UInt8>) -> Bool {
        let mark = Array("%PDF-".utf8)
        return bytes.count > mark.count && mark.indices.allSatisfy { bytes[$0] == mark[$0] }
    }

    package mutating func find(in bytes: Span<UInt8>, at offset: Int) -> Int? {
        var place = max(0, passed - offset)
        while place < bytes.count,
            let next = ByteSearch.first(of: Self.keyword, in: bytes.extracting(place...))
        {
            let keyword = place + next
            place = keyword + Self.keyword.count
            // What has no room to be seen whole is seen again.
            guard place + 4 <= bytes.count else { return nil }
            passed = offset + place
            if keyword >= 3, bytes[keyword - 1] == UInt8(ascii: "d") { continue }
            if bytes[place] == UInt8(ascii: "\r") { place += 1 }
            guard bytes[place] == UInt8(ascii: "\n") else { continue }
            place += 1
            guard ZlibStreams.isHeader(bytes[place], bytes[place + 1]),
                !Self.isPicture(bytes.extracting(max(0, keyword - Self.longestDictionary)..<keyword))
            else { continue }
            return place
        }
        return nil
    }

    /// Whether the dictionary at the end of `bytes` says so.
    private static func isPicture(_ bytes: Span<UInt8>) -> Bool {
        var dictionary = bytes
        while let next = ByteSearch.first(of: Array("obj".utf8), in: dictionary) {
            dictionary = dictionary.extracting((next + 3)...)
        }
        return ["/Subtype", "/Image", "/Width", "/Height"].allSatisfy {
            ByteSearch.contains(dictionary, Array($0.utf8))
        }
    }
}
