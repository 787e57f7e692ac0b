/// What libcurl delivered and nobody has read yet: the head, and a bounded piece of the body.
final class Inbox {
    private static let capacity = 256 << 10

    private(set) var head = ResponseHead()
    /// Whether headers were more than we read.
    private(set) var isHeadTooLarge = false
    /// All bytes that ever came, by which a transfer that stands still is told.
    private(set) var received = 0
    private var body = [UInt8](repeating: 0, count: Inbox.capacity)
    private var start = 0
    private var end = 0

    var isEmpty: Bool { start == end }

    /// Takes a header line; false where that is one too many.
    func accept(line: [UInt8]) -> Bool {
        received += line.count
        isHeadTooLarge = !head.accept(line)
        return !isHeadTooLarge
    }

    /// Takes a piece of the body; false where there is no room for it now.
    func accept(body piece: UnsafeRawBufferPointer) -> Bool {
        if isEmpty {
            start = 0
            end = 0
        }
        guard piece.count <= body.count - end else { return false }
        let room = end..<(end + piece.count)
        unsafe body.withUnsafeMutableBytes { bytes in
            unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[room]).copyMemory(from: piece)
        }
        end = room.upperBound
        received += piece.count
        return true
    }

    /// Hands out as much of the body as fits.
    func take(into buffer: inout MutableSpan<UInt8>) -> Int {
        let count = min(buffer.count, end - start)
        guard count > 0 else { return 0 }
        let piece = start..<(start + count)
        unsafe buffer.withUnsafeMutableBytes { target in
            unsafe body.withUnsafeBytes { source in
                unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[piece]))
            }
        }
        start = piece.upperBound
        return count
    }
}
