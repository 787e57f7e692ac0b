import TestSupport
import Testing

extension Samples {
    /// `content` as a zlib stream.
    static func zlib(_ content: [UInt8]) throws -> [UInt8] { try zlib([content])[0] }

    /// Each of `contents` as a zlib stream.
    static func zlib(_ contents: [[UInt8]]) throws -> [[UInt8]] {
        let code = """
            import sys, zlib
            for line in sys.stdin:
                print(zlib.compress(bytes.fromhex(line), 9).hex())
            """
        return try lines(code, contents)
    }

    /// What a piece of Python, which prints hexadecimal lines, makes of `contents`, which it reads as such.
    static func lines(_ code: String, _ contents: [[UInt8]]) throws -> [[UInt8]] {
        guard ProgramRunner.has("python3") else { try Test.cancel("needs python3") }
        let input = contents.map { $0.map(hexadecimal).joined() + "\n" }.joined()
        let output = try ProgramRunner.output(of: "python3", ["-c", code], input: Array(input.utf8))
        return output.split(separator: UInt8(ascii: "\n")).map { line in
            stride(from: line.startIndex, to: line.endIndex - 1, by: 2).compactMap {
                UInt8(String(decoding: line[$0...$0 + 1], as: UTF8.self), radix: 16)
            }
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    /// Bytes that no one compresses.
    static func noise(_ count: Int) -> [UInt8] {
        var state: UInt64 = 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
    }

    /// A number of `length` bytes, the last of which counts most.
    static func little(_ value: Int, _ length: Int) -> [UInt8] {
        (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// The same, the other way round.
    static func big(_ value: Int, _ length: Int) -> [UInt8] { little(value, length).reversed() }
}
