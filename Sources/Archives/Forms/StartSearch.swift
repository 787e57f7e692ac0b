/// Looks for starts of one kind in a file, and at no byte of it twice, however often others are found between them.
struct StartSearch {
    /// How many bytes of a start are looked at.
    private let length: Int
    /// Before this place in the file none begins that is not known of.
    private var clear = 0

    init(length: Int) { self.length = length }

    /// The first place in `bytes`, which begin at `offset` in the file, that `find` knows from `start` on.
    mutating func first(
        in bytes: Span<UInt8>, at offset: Int, from start: Int,
        _ find: (_ bytes: Span<UInt8>, _ start: Int) -> Int?
    ) -> Int? {
        let start = max(0, start, clear - offset)
        guard start < bytes.count else { return nil }
        let found = find(bytes, start)
        clear = offset + (found ?? max(start, bytes.count - length + 1))
        return found
    }
}
