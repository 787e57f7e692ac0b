/// Bytes that come in pieces, looked at one by one, with where in the whole each lies.
final class ByteFeed {
    /// The next piece; empty at the end.
    typealias Source = () throws(ImportError) -> [UInt8]

    private let source: Source
    private var piece: [UInt8] = []
    private var position = 0
    /// How many bytes came before the piece.
    private var before = 0
    private var hasEnded = false

    init(_ source: @escaping Source) { self.source = source }

    /// All of `bytes`.
    convenience init(_ bytes: [UInt8]) {
        var isTaken = false
        self.init { () throws(ImportError) in
            defer { isTaken = true }
            return isTaken ? [] : bytes
        }
    }

    /// How many bytes were taken.
    var offset: Int { before + position }

    /// The next byte, which stays; nil at the end.
    func peek() throws(ImportError) -> UInt8? {
        if position < piece.count { return piece[position] }
        return try refill() ? piece[position] : nil
    }

    /// Takes the byte that `peek` showed.
    func advance() { position += 1 }

    /// Takes and gives the bytes up to the first for which `isEnd` holds, or to the end of the piece.
    func run(until isEnd: (UInt8) -> Bool) throws(ImportError) -> ArraySlice<UInt8> {
        guard try peek() != nil else { return [] }
        let start = position
        while position < piece.count, !isEnd(piece[position]) { position += 1 }
        return piece[start..<position]
    }

    private func refill() throws(ImportError) -> Bool {
        guard !hasEnded else { return false }
        before += piece.count
        position = 0
        piece = try source()
        hasEnded = piece.isEmpty
        return !hasEnded
    }
}
