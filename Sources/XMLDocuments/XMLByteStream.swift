/// The bytes of a document that come in pieces, as libxml2 asks for them.
final class XMLByteStream {
    private let next: () -> [UInt8]
    private var piece: [UInt8] = []
    private var position = 0

    /// `next` gives a piece after the other, and at the end, or where it failed, an empty one.
    init(_ next: @escaping () -> [UInt8]) { self.next = next }

    /// Fills `buffer` with what there is; gives how many bytes, 0 at the end.
    func read(into buffer: UnsafeMutablePointer<CChar>, capacity: Int32) -> Int32 {
        if position == piece.count {
            piece = next()
            position = 0
        }
        let count = min(Int(max(0, capacity)), piece.count - position)
        for offset in 0..<count { unsafe buffer[offset] = CChar(bitPattern: piece[position + offset]) }
        position += count
        return Int32(count)
    }
}
