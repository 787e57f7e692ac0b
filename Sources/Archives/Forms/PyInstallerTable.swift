/// What a program that PyInstaller made says at its end of the files and modules packed in it.
package struct PyInstallerTable {
    package struct Part {
        package let name: String
        /// In the program.
        package let place: Int
        package let length: Int
        package let isCompressed: Bool
    }

    private static let mark: [UInt8] = [0x4d, 0x45, 0x49, 0x0c, 0x0b, 0x0a, 0x0b, 0x0e]
    private static let markedLength = 88
    private static let partLength = 18
    /// No program has as many in earnest.
    private static let partLimit = 100_000
    private static let longestName = 4_096

    package let parts: [Part]

    /// The table in `ending`, with which a file of `size` bytes ends; nil where there is none, or not all of it is at hand.
    package init?(_ ending: Span<UInt8>, size: Int) {
        guard let end = Self.lastMark(in: ending) else { return nil }
        func number(_ place: Int) -> Int? {
            guard place >= 0, place <= ending.count - 4 else { return nil }
            return (0..<4).reduce(0) { $0 << 8 | Int(ending[place + $1]) }
        }
        // Where the mark stands in the file, and the archive that ends with it.
        let base = size - ending.count
        guard let length = number(end + 8), let place = number(end + 12), let tableLength = number(end + 16),
            length >= Self.markedLength, place + tableLength <= length
        else { return nil }
        let start = base + end + Self.markedLength - length
        var next = start + place - base
        let last = next + tableLength
        guard start >= 0, next >= 0, last <= end else { return nil }
        var parts: [Part] = []
        while next < last, let size = number(next), size > Self.partLength, size <= last - next {
            guard size <= Self.longestName, parts.count < Self.partLimit, let place = number(next + 4),
                let length = number(next + 8)
            else { return nil }
            var name: [UInt8] = []
            var letter = next + Self.partLength
            while letter < next + size, ending[letter] != 0 {
                name.append(ending[letter])
                letter += 1
            }
            parts.append(
                Part(
                    name: String(decoding: name, as: UTF8.self), place: start + place, length: length,
                    isCompressed: ending[next + 16] == 1))
            next += size
        }
        guard next == last else { return nil }
        self.parts = parts
    }

    /// Where the last mark stands that has room for what follows it.
    private static func lastMark(in bytes: Span<UInt8>) -> Int? {
        var last: Int?
        var from = 0
        while from < bytes.count, let next = ByteSearch.first(of: mark, in: bytes.extracting(from...)) {
            if from + next + markedLength <= bytes.count { last = from + next }
            from += next + 1
        }
        return last
    }
}
