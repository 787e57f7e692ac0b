/// Lines out of bytes that come in pieces.
struct LineAssembly {
    /// What is longer is no line of a package database, and is left out.
    private static let longest = 16 * 1024

    private var start: [UInt8] = []
    private var isTooLong = false

    /// Shows every line that ends in `bytes`, without its line break.
    mutating func add(_ bytes: Span<UInt8>, _ show: (Span<UInt8>) -> Void) {
        var begin = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            let piece = bytes.extracting(begin..<index)
            begin = index + 1
            if start.isEmpty, !isTooLong {
                if piece.count <= Self.longest { show(piece) }
            } else {
                keep(piece)
                end(show)
            }
        }
        keep(bytes.extracting(begin...))
    }

    /// Shows what is left, as a line without a break.
    mutating func end(_ show: (Span<UInt8>) -> Void) {
        if !isTooLong, !start.isEmpty { show(start.span) }
        start.removeAll(keepingCapacity: true)
        isTooLong = false
    }

    private mutating func keep(_ piece: Span<UInt8>) {
        guard !isTooLong, start.count + piece.count <= Self.longest else {
            isTooLong = true
            start.removeAll()
            return
        }
        for index in piece.indices { start.append(piece[index]) }
    }
}
