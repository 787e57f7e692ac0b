internal import FoundationEssentials

/// Numbers as the bytes they consist of, so that a hundred thousand are coded in a millisecond.
package struct PackedNumbers<Number: FixedWidthInteger & Sendable>: Sendable, Codable {
    package let numbers: [Number]

    package init(_ numbers: [Number]) { self.numbers = numbers }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let bytes = Array(try container.decode(Data.self))
        let width = Number.bitWidth / 8
        guard bytes.count.isMultiple(of: width) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not whole numbers of \(width) bytes")
        }
        numbers = stride(from: 0, to: bytes.count, by: width).map { start in
            bytes[start..<start + width].reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count * Number.bitWidth / 8)
        for number in numbers {
            for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes))
    }
}
