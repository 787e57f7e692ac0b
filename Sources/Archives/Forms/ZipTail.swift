/// The records between a zip's table of members and its end, which say where the table is.
struct ZipTail {
    private static let longestRecords = 128 << 10
    private static let endLength = 22
    private static let locatorLength = 20
    /// Of the record with the large numbers, without what future versions may add.
    private static let largeLength = 56

    /// How many members there are, how many bytes their table takes, and where it begins.
    private struct Numbers {
        let members: Int
        let size: Int
        let directory: Int
    }

    private var small = Numbers(members: 0, size: 0, directory: 0)
    private var large: Numbers?
    /// Where the large numbers are, and where that is said to be.
    private var largePlace: Int?
    private var locator: Int?
    /// Whether the records of large zips lie as all programs expect them.
    private var isInOrder = true
    /// How many bytes it takes up to the comment, and how many that is long.
    private(set) var length = 0
    private(set) var comment = 0

    /// Where the table begins, counted as the zip does.
    var directory: Int { large?.directory ?? small.directory }

    /// Whether `bytes` begin like one of the records.
    static func isBeginning(_ bytes: [UInt8]) -> Bool {
        [[5, 6], [6, 6], [5, 5]].contains { bytes.starts(with: [0x50, 0x4b] + $0) }
    }

    /// Reads what begins with `beginning` and goes on in `source`; nil where that is something else.
    init?(_ source: any ByteSource, beginning: [UInt8]) throws(ArchiveError) {
        var bytes = beginning
        var place = 0
        while place <= Self.longestRecords {
            if bytes.count < place + Self.largeLength {
                bytes += try source.readPrefix(place + Self.largeLength - bytes.count)
            }
            guard bytes.count >= place + Self.endLength, bytes[place...].starts(with: [0x50, 0x4b])
            else { return nil }
            func number(_ offset: Int, _ length: Int) -> Int {
                ZipMember.number(bytes.span, place + offset, length)
            }
            switch (bytes[place + 2], bytes[place + 3]) {
            case (5, 6):
                small = Numbers(members: number(10, 2), size: number(12, 4), directory: number(16, 4))
                length = place + Self.endLength
                comment = number(20, 2)
                guard locator != nil else { return }
                isInOrder = isInOrder && largePlace == place - Self.locatorLength - Self.largeLength
                return
            case (6, 6):
                guard bytes.count >= place + Self.largeLength, number(4, 8) <= Self.longestRecords else {
                    return nil
                }
                isInOrder = largePlace == nil && place == 0 && number(4, 8) == Self.largeLength - 12
                large = Numbers(members: number(32, 8), size: number(40, 8), directory: number(48, 8))
                largePlace = place
                place += 12 + number(4, 8)
            case (6, 7):
                isInOrder = isInOrder && locator == nil && largePlace != nil
                locator = number(8, 8)
                place += Self.locatorLength
            // A signature of the table.
            case (5, 5): place += 6 + number(4, 2)
            default: return nil
            }
        }
        return nil
    }

    /// Why programs that go by these records read another table than the one of so many members that lies at `table`; nil
    /// where they do not.
    func flaw(members: Int, table: Range<Int>) -> String? {
        let base = table.lowerBound &- directory
        var isRight = isInOrder && (large == nil) == (locator == nil)
        if let large, let largePlace, let locator {
            isRight =
                isRight && large.members == members && large.size == table.count
                && base &+ locator == table.upperBound + largePlace
        }
        func fits(_ value: Int, _ actual: Int?, none: Int) -> Bool {
            value == actual || large != nil && value == none
        }
        // Where there are more than the field has room for, some leave out what is too much.
        isRight =
            isRight && fits(small.members, members & 0xffff, none: 0xffff)
            && fits(small.size, table.count, none: 0xffff_ffff)
            && fits(small.directory, large?.directory ?? small.directory, none: 0xffff_ffff)
        return isRight ? nil : "zip: the end says otherwise of the table of members than there is"
    }
}
