/// How many compressed streams were opened in the middle of a program, and how many starts of such were none.
struct StreamTally {
    /// Each costs some time, however short it is.
    private static let limit = 200_000
    /// Chance makes fewer starts than one in so many bytes, of which some may stand together.
    private static let (leastStrays, bytesForStray) = (1_000, 4_096)

    private var whole = 0
    private var strays = 0

    mutating func count(isWhole: Bool) {
        if isWhole { whole += 1 } else { strays += 1 }
    }

    /// Whether one more is tried behind the first `place` bytes of the file.
    func mayGoOn(at place: Int) -> Bool {
        whole < Self.limit && strays < Self.leastStrays + place / Self.bytesForStray
    }
}
