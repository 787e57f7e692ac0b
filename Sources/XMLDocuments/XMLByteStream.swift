/// The bytes of a document that come in pieces, as libxml2 asks for them.
final class XMLByteStream {
    private let next: () -> [UInt8]
    private var piece: [UInt8] = []
    private var position = 0
    private(set) var hasEnded = false
    private var line = 1
    /// The characters of the line so far.
    private var column = 0

    /// `next` gives a piece after the other, and at the end, or where it failed, an empty one.
    init(_ next: @escaping () -> [UInt8]) { self.next = next }

    /// Fills `buffer` with what there is; gives how many bytes, 0 at the end.
    func read(into buffer: UnsafeMutablePointer<CChar>, capacity: Int32) -> Int32 {
        if position == piece.count {
            piece = next()
            position = 0
            hasEnded = piece.isEmpty
        }
        let count = min(Int(max(0, capacity)), piece.count - position)
        for offset in 0..<count {
            let byte = piece[position + offset]
            unsafe buffer[offset] = CChar(bitPattern: byte)
            if byte == 0x0a {
                line += 1
                column = 0
            } else if byte & 0xc0 != 0x80 {
                column += 1
            }
        }
        position += count
        return Int32(count)
    }

    /// Whether the document is over, and this its end.
    func ends(atLine line: Int, column: Int) -> Bool {
        hasEnded && line == self.line && column >= self.column
    }
}
