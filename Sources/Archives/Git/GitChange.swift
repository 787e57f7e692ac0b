/// A Git object as a change to another: stretches of that, and bytes that are new.
package struct GitChange {
    private enum Step {
        case copy(Range<Int>)
        case insert(Range<Int>)
    }

    /// What stands between inserts that do not follow each other: no pattern reaches over it.
    private static let border: [UInt8] = [10, 0, 10]

    private let bytes: [UInt8]
    private let firstStep: Int
    private let baseSize: Int
    /// How many bytes the object has.
    package let size: Int

    package init(_ bytes: [UInt8]) throws(ArchiveError) {
        self.bytes = bytes
        var place = 0
        baseSize = try Self.number(in: bytes, &place)
        size = try Self.number(in: bytes, &place)
        firstStep = place
    }

    /// The object that this makes of `base`.
    package func applied(to base: [UInt8]) throws(ArchiveError) -> [UInt8] {
        guard base.count == baseSize else { throw Self.malformed }
        var result: [UInt8] = []
        result.reserveCapacity(size)
        var place = firstStep
        while let step = try next(&place) {
            switch step {
            case .copy(let range):
                guard range.upperBound <= base.count else { throw Self.malformed }
                result += base[range]
            case .insert(let range): result += bytes[range]
            }
            guard result.count <= size else { throw Self.malformed }
        }
        guard result.count == size else { throw Self.malformed }
        return result
    }

    /// All that is new, which can be seen without the object that it is new to.
    package func inserted() throws(ArchiveError) -> [UInt8] {
        var result: [UInt8] = []
        var place = firstStep
        while let step = try next(&place) {
            switch step {
            case .copy: if !result.isEmpty { result += Self.border }
            case .insert(let range): result += bytes[range]
            }
        }
        return result
    }

    private func next(_ place: inout Int) throws(ArchiveError) -> Step? {
        guard place < bytes.count else { return nil }
        let code = bytes[place]
        place += 1
        guard code & 0x80 != 0 else {
            let range = place..<place + Int(code)
            // Zero is kept for what may come.
            guard code != 0, range.upperBound <= bytes.count else { throw Self.malformed }
            place = range.upperBound
            return .insert(range)
        }
        var fields = 0
        for bit in 0..<7 where code >> UInt8(bit) & 1 != 0 {
            guard place < bytes.count else { throw Self.malformed }
            fields |= Int(bytes[place]) << (8 * bit)
            place += 1
        }
        let start = fields & 0xffff_ffff
        let count = fields >> 32
        return .copy(start..<start + (count == 0 ? 0x10000 : count))
    }

    private static func number(in bytes: [UInt8], _ place: inout Int) throws(ArchiveError) -> Int {
        var number = 0
        var shift = 0
        while place < bytes.count, shift < 56 {
            let byte = bytes[place]
            place += 1
            number |= Int(byte & 0x7f) << shift
            guard byte & 0x80 != 0 else { return number }
            shift += 7
        }
        throw malformed
    }

    private static var malformed: ArchiveError { ArchiveError(.malformed, "Git object's change is broken") }
}
