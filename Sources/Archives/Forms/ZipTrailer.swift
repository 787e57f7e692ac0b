/// The record that a zip archive ends with, by which other programs find all else in it.
package struct ZipTrailer: Hashable, Sendable {
    /// How many bytes of a file's end ``find(in:)`` wants to see: the record, the longest comment, and what may follow.
    ///
    /// A window may have fewer at hand, but never less than a quarter of that.
    package static let searched = 66 << 10

    private static let mark: [UInt8] = [0x50, 0x4b, 0x05, 0x06]
    /// Of the record right before it that says where the larger numbers are.
    private static let largeMark: [UInt8] = [0x50, 0x4b, 0x06, 0x07]
    private static let largeLength = 20
    private static let recordLength = 22
    /// What each member takes in the table at the least.
    private static let leastMember = 47

    /// How many members the archive says it has; nil where the number is elsewhere, because it is too large.
    package let members: Int?
    /// Where it ends but for its comment, counted from the end of the file backwards.
    package let end: Int
    /// Whether this is such a record whatever lies before it: its comment reaches to the very end of the file, or what it
    /// says of disks, members and their table goes together.
    package let isSure: Bool

    /// The last such record in `ending`, the last bytes of a file.
    package static func find(in ending: Span<UInt8>) -> ZipTrailer? {
        var last: ZipTrailer?
        var next = 0
        while let start = ByteSearch.first(of: mark, in: ending.extracting(next...)) {
            last = ZipTrailer(ending, at: next + start) ?? last
            next += start + 1
        }
        return last
    }

    /// What stands behind a mark at `start`; nil where that is cut off, or nobody takes it for a record.
    private init?(_ bytes: Span<UInt8>, at start: Int) {
        func number(_ offset: Int, _ length: Int) -> Int {
            (0..<length).reversed().reduce(0) { $0 << 8 | Int(bytes[start + offset + $1]) }
        }
        let rest = bytes.count - start
        guard rest >= Self.recordLength else { return nil }
        members = number(10, 2) == 0xffff ? nil : number(10, 2)
        end = rest - Self.recordLength
        let isSmall = number(12, 4) != 0xffff_ffff && number(10, 2) != 0xffff
        let isOfOneDisk = number(4, 4) == 0 && number(8, 2) == number(10, 2)
        let hasRoom = number(12, 4) >= Self.leastMember * number(10, 2)
        // Libraries for zips hold a record without numbers to copy from, and there nothing stands before it.
        let isWhole = isSmall || Self.hasLargeNumbers(before: start, in: bytes)
        let comment = rest - Self.recordLength - number(20, 2)
        isSure = comment == 0 || isOfOneDisk && hasRoom && isWhole
        // Python takes also one whose comment would be longer than what is left.
        guard comment >= 0 || isSure && number(10, 2) > 0 else { return nil }
    }

    private static func hasLargeNumbers(before start: Int, in bytes: Span<UInt8>) -> Bool {
        let first = start - largeLength
        return first >= 0 && largeMark.indices.allSatisfy { bytes[first + $0] == largeMark[$0] }
    }
}
