import Archives
import TestSupport
import Testing

/// Bytes that are kept packed and read here and there.
struct PackedBytesTests {
    /// Text and noise in turns, so that some pieces are packed and others are not.
    private static func content(_ count: Int) -> [UInt8] {
        var random = SeededGenerator(seed: 7)
        var noise = (0..<40_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        noise += Array(String(repeating: "what is said again and again, ", count: 4_000).utf8)
        var content: [UInt8] = []
        content.reserveCapacity(count + noise.count)
        while content.count < count { content += noise }
        content.removeLast(content.count - count)
        return content
    }

    private static func read(_ bytes: PackedBytes, _ range: Range<Int>) -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: range.count)
        var span = room.mutableSpan
        return bytes.read(at: range.lowerBound, into: &span) ? room : nil
    }

    @Test(
        "are as they were, wherever they are read",
        arguments: [0, 1, 16_384, 100_001, PackedBytes.plainLimit, PackedBytes.plainLimit + 20_001])
    func same(count: Int) throws {
        let content = Self.content(count)
        let bytes = try #require(
            try PackedBytes.read(MemoryByteSource(content), memory: PackedBytes.plainLimit + 100_000))
        #expect(bytes.count == count)
        var random = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let start = Int.random(in: 0...count, using: &random)
            let end = min(count, start + Int.random(in: 0...70_000, using: &random))
            #expect(Self.read(bytes, start..<end) == Array(content[start..<end]), "\(start)..<\(end)")
        }
        #expect(Self.read(bytes, max(0, count - 10)..<(count + 1)) == nil)
        #expect(Self.read(bytes, -1..<1) == nil)
    }

    @Test("many take less memory than there are of them, and more than the limit are not kept")
    func limit() throws {
        let count = 2 * PackedBytes.plainLimit
        let text = [UInt8](repeating: 7, count: count)
        let bytes = try #require(
            try PackedBytes.read(MemoryByteSource(text), memory: PackedBytes.plainLimit + 100_000))
        #expect(bytes.weight < count / 20)
        let noise = Self.content(count)
        let weight = try #require(try PackedBytes.read(MemoryByteSource(noise), memory: .max)).weight
        #expect(weight > count / 8 && weight < count / 2)
        #expect(try PackedBytes.read(MemoryByteSource(noise), memory: weight - 1) == nil)
        #expect(try PackedBytes.read(MemoryByteSource(text), largest: count - 1, memory: .max) == nil)
    }

    @Test("whoever reads a piece here and a piece there for ever is stopped")
    func endless() throws {
        let text = [UInt8](repeating: 7, count: PackedBytes.plainLimit + 1)
        let bytes = try #require(try PackedBytes.read(MemoryByteSource(text), memory: .max))
        #expect((0..<30_000).contains { Self.read(bytes, ($0 % 2 * 40_000)..<($0 % 2 * 40_000 + 1)) == nil })
    }
}
