/// A text with its percent signs undone (`%2F`), and where each of its bytes stands in the text as it is written.
struct PercentSpelling {
    private(set) var bytes: [UInt8]
    /// Where each byte begins in the text as written, and at last where that ends.
    private var starts: [Int]

    init(_ text: [UInt8]) {
        bytes = text
        starts = Array(0...text.count)
    }

    /// Undoes percent signs once more; false where there are none.
    mutating func undo() -> Bool {
        guard bytes.contains(UInt8(ascii: "%")) else { return false }
        var undone: [UInt8] = []
        var begins: [Int] = []
        var index = 0
        while index < bytes.count {
            begins.append(starts[index])
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = Self.digit(bytes[index + 1]), let low = Self.digit(bytes[index + 2])
            {
                undone.append(high << 4 | low)
                index += 3
            } else {
                undone.append(bytes[index])
                index += 1
            }
        }
        guard undone.count < bytes.count else { return false }
        starts = begins + [starts[bytes.count]]
        bytes = undone
        return true
    }

    /// Where `range` stands in the text as written.
    func written(_ range: Range<Int>) -> Range<Int> { starts[range.lowerBound]..<starts[range.upperBound] }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
