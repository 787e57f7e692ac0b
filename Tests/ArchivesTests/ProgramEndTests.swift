import Testing

@testable import Archives

/// Where programs end, by headers that anybody may have written.
@Suite("The end of a program")
struct ProgramEndTests {
    /// Of a program with one segment of 100 bytes from its beginning on, and a table of one section at `sections`.
    private static func header(sections: UInt64, segments: UInt64 = 64) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 120)
        func put(_ value: UInt64, _ offset: Int, _ length: Int) {
            for index in 0..<length {
                bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
            }
        }
        put(0x464c_457f, 0, 4)
        (bytes[4], bytes[5]) = (2, 1)
        put(segments, 32, 8)
        put(sections, 40, 8)
        put(56, 54, 2)
        put(1, 56, 2)
        put(64, 58, 2)
        put(1, 60, 2)
        put(1, 64, 4)
        put(100, 96, 8)
        return bytes
    }

    @Test("it lies behind the last segment, and behind the table of sections where that is in the file")
    func end() {
        #expect(ProgramEnd.find(in: Self.header(sections: 500).span, size: 1_000) == 564)
        #expect(ProgramEnd.find(in: Self.header(sections: 500).span, size: 550) == 100)
    }

    @Test(
        "a header whose numbers cannot be is read all the same",
        arguments: [UInt64(Int.max), UInt64(Int.max) - 2, .max, 1 << 63])
    func impossible(number: UInt64) {
        let sections = ProgramEnd.find(in: Self.header(sections: number).span, size: 1_000)
        #expect(sections == (number > Int.max ? nil : 100))
        #expect(ProgramEnd.find(in: Self.header(sections: 0, segments: number).span, size: 1_000) == nil)
    }

    @Test("a segment reaches no further than the file", arguments: [UInt64(Int.max) - 100, 1 << 40, 901])
    func segment(offset: UInt64) {
        var header = Self.header(sections: 0)
        for index in 0..<8 { header[72 + index] = UInt8(truncatingIfNeeded: offset >> (8 * index)) }
        #expect(ProgramEnd.find(in: header.span, size: 1_000) == 1_000)
    }

    @Test("from a place behind all that there is, nothing is found")
    func farStart() {
        let bytes: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0, 0]
        #expect(StreamStart.find(in: bytes.span)?.kind == .gzip)
        for start in [1, 12, Int.max - 5, .max] {
            #expect(StreamStart.find(in: bytes.span, from: start) == nil)
        }
    }
}
