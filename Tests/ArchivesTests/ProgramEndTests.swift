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

    /// Of a program of Windows with one section of 512 bytes at 512, and certificates of 100 bytes at `certificates`.
    private static func windows(isLarge: Bool, certificates: Int = 0) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 512)
        func put(_ value: Int, _ offset: Int, _ length: Int) {
            for index in 0..<length { bytes[offset + index] = UInt8(value >> (8 * index) & 0xff) }
        }
        put(0x5a4d, 0, 2)
        put(128, 60, 4)
        put(0x4550, 128, 4)
        put(1, 134, 2)
        put(240, 148, 2)
        put(isLarge ? 0x20b : 0x10b, 152, 2)
        let directories = 152 + (isLarge ? 112 : 96)
        put(16, directories - 4, 4)
        put(certificates, directories + 32, 4)
        put(certificates == 0 ? 0 : 100, directories + 36, 4)
        put(512, 392 + 16, 4)
        put(512, 392 + 20, 4)
        return bytes
    }

    @Test(
        "of one of Windows it lies behind the last section, and behind certificates right there",
        arguments: [false, true])
    func windows(isLarge: Bool) {
        func end(_ certificates: Int, _ size: Int = 5_000) -> Int? {
            ProgramEnd.find(in: Self.windows(isLarge: isLarge, certificates: certificates).span, size: size)
        }
        #expect(end(0) == 1_024)
        #expect(end(1_024) == 1_124)
        #expect(end(1_032) == 1_132)
        // Whatever stands before them is none of the program.
        #expect(end(4_000) == 1_024)
        #expect(end(0x7fff_ffff) == 1_024)
        #expect(end(0, 700) == 700)
    }

    @Test("of one of DOS it lies where the header says, and of others nobody knows")
    func old() {
        var bytes = [UInt8](repeating: 0, count: 200)
        (bytes[0], bytes[1]) = (0x4d, 0x5a)
        #expect(ProgramEnd.find(in: bytes.span, size: 1_000) == 64)
        (bytes[2], bytes[4]) = (10, 2)
        #expect(ProgramEnd.find(in: bytes.span, size: 1_000) == 522)
        #expect(ProgramEnd.find(in: bytes.span, size: 300) == 300)
        bytes[60] = 100
        (bytes[100], bytes[101]) = (0x4e, 0x45)
        #expect(ProgramEnd.find(in: bytes.span, size: 1_000) == nil)
        bytes[62] = 1
        #expect(ProgramEnd.find(in: bytes.span, size: 1 << 20) == nil)
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
