/// What is said of one member of a zip, by its own header or by the table of members.
package struct ZipMember: Hashable, Sendable {
    static let localMark: [UInt8] = [0x50, 0x4b, 3, 4]
    static let tableMark: [UInt8] = [0x50, 0x4b, 1, 2]
    /// Of its own header, and of its entry in the table, without the name and what follows that.
    static let localLength = 30
    static let tableLength = 46
    /// What is said of a number that nobody knows.
    private static let unknown = -1

    /// Where its own header begins.
    private let place: Int
    /// Its name, and the other that a record may give it, as a number that no other name has: a zip may have very many.
    private let name: Int
    private let method: Int32
    private let isEncrypted: Bool
    /// Whether its name is one of a folder, or it was taken for something else without content.
    private let isFolder: Bool
    /// Whether its own header may leave out how long it is, because that stands behind its content.
    let isMeasuredBehind: Bool
    /// How many bytes it takes as it is stored, and how many unpacked.
    private var compressedSize: Int
    private var size: Int

    /// A member whose own header was not found.
    init() {
        (place, name, method, compressedSize, size) = (Self.unknown, 0, 0, Self.unknown, Self.unknown)
        (isEncrypted, isFolder, isMeasuredBehind) = (false, false, false)
    }

    /// What the member's own header says, which `bytes` begin with and which lies at `place`; nil where it is cut off.
    ///
    /// Whether it is a folder is up to whoever read it.
    init?(localHeader bytes: Span<UInt8>, at place: Int, isFolder: Bool) {
        self.init(bytes, fixed: Self.localLength, fields: 4, place: place, isFolder: isFolder)
    }

    /// What the table says, of which `bytes` are the entry with the name and the records behind it.
    init?(tableEntry bytes: Span<UInt8>) {
        guard bytes.count >= Self.tableLength else { return nil }
        let place = Self.number(bytes, 42, 4)
        self.init(bytes, fixed: Self.tableLength, fields: 6, place: place, isFolder: nil)
    }

    /// Both have the same fields in the same order, from the version that is needed on.
    private init?(_ bytes: Span<UInt8>, fixed: Int, fields: Int, place: Int, isFolder: Bool?) {
        guard bytes.count >= fixed else { return nil }
        func field(_ offset: Int, _ length: Int) -> Int { Self.number(bytes, fields + offset, length) }
        let nameEnd = fixed + field(22, 2)
        let end = nameEnd + field(24, 2)
        guard bytes.count >= end else { return nil }
        let records = Self.records(nameEnd..<end, bytes)
        var hasher = Hasher()
        for range in [fixed..<nameEnd, records.otherName] {
            hasher.combine(range.count)
            for index in range { hasher.combine(bytes[index]) }
        }
        name = hasher.finalize()
        method = Int32(field(4, 2))
        isEncrypted = field(2, 2) & 1 != 0
        isMeasuredBehind = field(2, 2) & 8 != 0
        self.isFolder = isFolder ?? (nameEnd > fixed && bytes[nameEnd - 1] == UInt8(ascii: "/"))
        var large = records.largeNumbers[...]
        func number(_ short: Int) -> Int { short == 0xffff_ffff ? large.popFirst() ?? short : short }
        size = number(field(18, 4))
        compressedSize = number(field(14, 4))
        self.place = number(place)
    }

    /// How long the header that `bytes` begin with is with its name and records; nil where that is cut off.
    static func length(ofLocalHeader bytes: Span<UInt8>) -> Int? {
        guard bytes.count >= localLength else { return nil }
        return localLength + number(bytes, 26, 2) + number(bytes, 28, 2)
    }

    /// Whether it is only there to fill a hole up, and stands in no table: builders of Android's packages do that.
    static func isFiller(localHeader bytes: Span<UInt8>) -> Bool {
        [18, 20, 22, 24, 26].allSatisfy { number(bytes, $0, 2) == 0 } && number(bytes, 6, 2) & 8 == 0
    }

    /// Takes down how long its content is that begins at `start`, by the record between that and `end`, of which `bytes`
    /// are the last.
    mutating func measure(from start: Int, to end: Int, by bytes: Span<UInt8>) {
        // With a mark before it and without, with numbers of either size.
        for (length, width) in [(16, 4), (24, 8), (12, 4), (20, 8)] where length <= bytes.count {
            let sizes = bytes.count - 2 * width
            guard Self.number(bytes, sizes, width) == end - length - start else { continue }
            compressedSize = end - length - start
            size = Self.number(bytes, sizes + width, width)
            return
        }
        // Where its header said so already, nobody may have gone on to the record.
        guard compressedSize > 0, start + compressedSize == end else {
            (compressedSize, size) = (Self.unknown, Self.unknown)
            return
        }
    }

    /// Whether it lies before `other`.
    func isBefore(_ other: ZipMember) -> Bool { place < other.place }

    /// Why other programs, which go by this entry of the table, see something else than was found; nil where they do not.
    ///
    /// Places in the table count from `base`.
    func contradiction(to found: ZipMember, base: Int) -> String? {
        guard found.place != Self.unknown, base &+ place == found.place else {
            return "zip: a member lies elsewhere than the table of members says"
        }
        if name != found.name { return "zip: a member has another name in the table of members" }
        if method != found.method {
            return "zip: a member is compressed in another way than the table of members says"
        }
        // Nothing, compressed, takes two bytes.
        if found.isFolder, size != 0 || compressedSize > 2 {
            return "zip: a member that is called a folder has content, which is not looked at"
        }
        if isEncrypted != found.isEncrypted {
            return "zip: a member is under a password, and the table of members says otherwise"
        }
        // What is under a password is a gap in any case, and nobody goes to its end.
        if isEncrypted, found.isMeasuredBehind { return nil }
        guard found.size != Self.unknown, size == found.size, compressedSize == found.compressedSize else {
            return "zip: a member is not as long as the table of members says"
        }
        return nil
    }

    static func number(_ bytes: Span<UInt8>, _ offset: Int, _ length: Int) -> Int {
        var number: UInt64 = 0
        for index in 0..<length { number |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        return Int(clamping: number)
    }

    /// What stands behind a name: another name, and the numbers for which the usual fields are too small.
    private static func records(
        _ range: Range<Int>, _ bytes: Span<UInt8>
    ) -> (otherName: Range<Int>, largeNumbers: [Int]) {
        var otherName = range.lowerBound..<range.lowerBound
        var largeNumbers: [Int]?
        var start = range.lowerBound
        while start + 4 <= range.upperBound {
            let content = (start + 4)..<(start + 4 + number(bytes, start + 2, 2))
            guard content.upperBound <= range.upperBound else { break }
            switch number(bytes, start, 2) {
            case 1 where largeNumbers == nil:
                largeNumbers = (0..<min(3, content.count / 8)).map {
                    number(bytes, content.lowerBound + 8 * $0, 8)
                }
            case 0x7075: otherName = content
            default: break
            }
            start = content.upperBound
        }
        return (otherName, largeNumbers ?? [])
    }
}
