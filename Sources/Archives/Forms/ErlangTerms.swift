/// What stands compressed in a module that Erlang or Elixir compiled: its literals, and terms that were written so.
package struct ErlangTerms: InnerStreams {
    package let name = "BEAM literals"
    package static let margin = 32
    private static let headLength = 8
    /// Behind "FOR1", a length and "BEAM".
    private static let firstChunk = 12

    /// Where in the file the next chunk begins; nil behind the last.
    private var chunk: Int? = firstChunk

    package init() {}

    /// Whether a file that begins with `bytes` is such a module.
    static func isBegun(by bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= firstChunk else { return false }
        return Array("FOR1".utf8).enumerated().allSatisfy { bytes[$0] == $1 }
            && Array("BEAM".utf8).enumerated().allSatisfy { bytes[8 + $0] == $1 }
    }

    package mutating func find(in bytes: Span<UInt8>, at offset: Int) -> Int? {
        while let place = chunk.map({ $0 - offset }), place >= 0, place + 8 <= bytes.count {
            let length = (4..<8).reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
            let content = place + 8
            guard content + min(length, Self.headLength) <= bytes.count else { return nil }
            let type = (0..<4).map { bytes[place + $0] }
            guard type.allSatisfy({ (0x21...0x7e).contains($0) }) else {
                chunk = nil
                return nil
            }
            // Chunks are filled up to whole words.
            chunk = offset + content + (length + 3) / 4 * 4
            let head = bytes.extracting(content..<content + min(length, Self.headLength))
            if let start = Self.start(in: head, of: type) { return content + start }
        }
        return nil
    }

    /// Where the stream begins in a chunk of this type; nil where it has none.
    private static func start(in head: Span<UInt8>, of type: [UInt8]) -> Int? {
        // Both behind how long it is uncompressed: the table of literals, and a term with the mark for that.
        let isTerm = head.count == headLength && head[0] == 0x83 && head[1] == 0x50
        let start = isTerm ? 6 : 4
        guard isTerm || type == Array("LitT".utf8), start + 2 <= head.count,
            ZlibStreams.isHeader(head[start], head[start + 1])
        else { return nil }
        return start
    }
}
