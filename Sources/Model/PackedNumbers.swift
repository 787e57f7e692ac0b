internal import FoundationEssentials

/// Numbers as the bytes they consist of, so that a hundred thousand are coded in a millisecond.
package struct PackedNumbers: Sendable, Codable {
    package let numbers: [UInt64]

    package init(_ numbers: [UInt64]) { self.numbers = numbers }

    /// Those of 128 bits as their two halves, the upper one first.
    package init(halving numbers: [UInt128]) {
        var halves: [UInt64] = []
        halves.reserveCapacity(numbers.count * 2)
        for number in numbers {
            halves.append(UInt64(truncatingIfNeeded: number >> 64))
            halves.append(UInt64(truncatingIfNeeded: number))
        }
        self.numbers = halves
    }

    /// The numbers that were halved.
    package var joined: [UInt128] {
        var joined: [UInt128] = []
        joined.reserveCapacity(numbers.count / 2)
        for start in stride(from: 0, to: numbers.count - 1, by: 2) {
            joined.append(UInt128(numbers[start]) << 64 | UInt128(numbers[start + 1]))
        }
        return joined
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let bytes = Array(try container.decode(Data.self))
        guard bytes.count.isMultiple(of: 8) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not whole numbers of 8 bytes")
        }
        var numbers: [UInt64] = []
        numbers.reserveCapacity(bytes.count / 8)
        for start in stride(from: 0, to: bytes.count, by: 8) {
            var number: UInt64 = 0
            for place in start..<start + 8 { number = number << 8 | UInt64(bytes[place]) }
            numbers.append(number)
        }
        self.numbers = numbers
    }

    package func encode(to encoder: any Encoder) throws {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count * 8)
        for number in numbers {
            for shift: UInt64 in [56, 48, 40, 32, 24, 16, 8, 0] {
                bytes.append(UInt8(truncatingIfNeeded: number &>> shift))
            }
        }
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes))
    }
}
