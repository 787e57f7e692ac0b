import Archives

/// Hands its bytes out in pieces of one size, and fails at the end where it is told to.
final class ChunkedSource: ByteSource {
    private var rest: ArraySlice<UInt8>
    private let piece: Int
    private let failure: ArchiveError?

    init(_ bytes: [UInt8], piece: Int, failure: ArchiveError? = nil) {
        rest = bytes[...]
        self.piece = piece
        self.failure = failure
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let count = min(buffer.count, piece, rest.count)
        if count == 0, let failure { throw failure }
        for index in 0..<count { buffer[index] = rest[rest.startIndex + index] }
        rest = rest.dropFirst(count)
        return count
    }
}

/// Everything a source gives, and what it failed with, if it did.
func everything(of source: any ByteSource, piece: Int = 1 << 16) -> (bytes: [UInt8], error: ArchiveError?) {
    var result: [UInt8] = []
    var scratch = [UInt8](repeating: 0xaa, count: piece)
    while true {
        do throws(ArchiveError) {
            var span = scratch.mutableSpan
            let count = try source.read(into: &span)
            guard count > 0 else { return (result, nil) }
            result += scratch[..<count]
        } catch {
            return (result, error)
        }
    }
}

/// Bytes that look random, compress a little, and are the same every time.
func sample(_ count: Int) -> [UInt8] {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    return (0..<count).map { index in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return index % 7 < 3 ? UInt8(truncatingIfNeeded: state >> 33) : UInt8(index / 97 % 64)
    }
}
