/// The first eight bytes of a file as one number, against which the marks of formats are held.
///
/// This is asked of every file of every layer, and most are nothing that we open.
struct FirstBytes {
    private let word: UInt64
    private let count: Int

    init(_ bytes: Span<UInt8>) {
        count = min(8, bytes.count)
        var word: UInt64 = 0
        for index in 0..<count { word |= UInt64(bytes[index]) << UInt64(56 - 8 * index) }
        self.word = word
    }

    /// Whether the file begins with `mark`, which has that many bytes; at most eight.
    func begin(with mark: UInt64, length: Int) -> Bool {
        count >= length && word >> UInt64(64 - 8 * length) == mark
    }
}
