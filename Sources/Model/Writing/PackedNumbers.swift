internal import FoundationEssentials

/// Numbers as the bytes they consist of, in base64, so that a hundred thousand are coded in a millisecond.
package struct PackedNumbers: Sendable, Codable {
    package let numbers: [UInt64]

    package init(_ numbers: [UInt64]) { self.numbers = numbers }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let data = Data(base64Encoded: try container.decode(String.self)), data.count.isMultiple(of: 8)
        else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not whole numbers of 8 bytes in base64")
        }
        let bytes = Array(data)
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
        try container.encode(Data(bytes).base64EncodedString())
    }
}
