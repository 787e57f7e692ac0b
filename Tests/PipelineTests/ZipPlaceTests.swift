import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Zips that do not begin where the file does, or whose table of members says other than their members do.
struct ZipPlaceTests {
    private static let program = [0x7f] + Array("ELF".utf8)
    /// What a program that reads zips has among its constants, twice; the second time it looks like a header.
    private static let constant: [UInt8] =
        [0x50, 0x4b, 3, 4, 0, 0] + [0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0] + [UInt8](repeating: 1, count: 40)

    @Test(
        "a zip behind a program is opened wherever it begins", arguments: [100, (1 << 20) + 16_360, 3 << 20])
    func behindProgram(length: Int) throws {
        for format in [ArchiveWriter.Format.zip, .storedZip] {
            let zip = try Samples.archive(
                format, ("a", Samples.filler(3_000)), ("key.env", Array("x=\(Samples.token())".utf8)))
            for prefix in [Self.program, Self.program + Self.constant] {
                let result = try Samples.inspect(prefix + Samples.filler(length) + zip, at: "srv/setup")
                #expect(result.findings.map(\.place.within) == [["key.env"]])
                #expect(result.gaps.isEmpty, "\(result.gaps)")
            }
        }
    }

    @Test("a program without a zip is none, whatever constants it has")
    func plainProgram() throws {
        let bytes = Self.program + Samples.filler(2_000_000) + Self.constant + Samples.filler(2_000_000)
        let result = try Samples.inspect(bytes)
        #expect(result.findings.isEmpty && result.gaps.isEmpty, "\(result.gaps)")
    }

    @Test("a program full of what looks like zips takes no longer than one that has a few")
    func fullOfConstants() throws {
        let zip = try Samples.archive(.zip, ("key.env", Array("x=\(Samples.token())".utf8)))
        let bytes = Self.program + (0..<20_000).flatMap { _ in Self.constant } + zip
        #expect(try Samples.inspect(bytes).reasons == [.unsupported])
    }

    @Test("a zip behind bytes that are no program is a gap that withholds a pass", arguments: [100, 3 << 20])
    func behindOther(length: Int) throws {
        let zip = try Samples.archive(.zip, ("key.env", Array("x=\(Samples.token())".utf8)))
        #expect(try Samples.inspect(Samples.filler(length) + zip).reasons == [.unsupported])
        #expect(try Samples.inspect(zip + Array("tail".utf8)).reasons.isEmpty)
    }

    @Test("members behind a false table of members withhold a pass, whatever the table at the end says")
    func falseTable() throws {
        let first = try Samples.archive(.zip, ("decoy", Samples.filler(10)))
        let second = try Samples.archive(.zip, ("key.env", Array("x=\(Samples.token())".utf8)))
        let two = try Samples.inspect(first + second, at: "a.zip")
        #expect(two.reasons == [.unreadable], "\(two.gaps)")
        let third = try Samples.archive(.zip, ("a", [1]), ("b", [2]))
        #expect(try Samples.inspect(first + third, at: "a.zip").reasons == [.unreadable])
    }

    /// A zip of one member, whose own header and whose entry in the table say different things.
    private static func zip(
        _ name: String, method: Int, tableMethod: Int, content: [UInt8], stored: [UInt8]
    ) -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(value >> (8 * $0) & 0xff) }
        }
        func fields(_ method: Int, _ bytes: [UInt8]) -> [UInt8] {
            little(20, 2) + little(0, 2) + little(method, 2) + little(0x21_0000, 4)
                + little(Int(RawGzip.crc32(bytes)), 4) + little(stored.count, 4) + little(bytes.count, 4)
                + little(name.utf8.count, 2) + little(0, 2)
        }
        let local =
            [0x50, 0x4b, 3, 4] + fields(method, method == 0 ? stored : content) + Array(name.utf8) + stored
        let entry =
            [0x50, 0x4b, 1, 2, 20, 0] + fields(tableMethod, tableMethod == 0 ? stored : content)
            + little(0, 14)
            + Array(name.utf8)
        return local + entry + [0x50, 0x4b, 5, 6] + little(0, 4) + little(1, 2) + little(1, 2)
            + little(entry.count, 4) + little(local.count, 4) + little(0, 2)
    }

    @Test("a member that other programs read in another way, or read at all, withholds a pass")
    func contradiction() throws {
        let content = Array("x=\(Samples.token())\n".utf8)
        // As deflate has what it does not compress.
        let packed = [1, UInt8(content.count), 0, ~UInt8(content.count), 0xff] + content
        for isBehindProgram in [false, true] {
            let prefix = isBehindProgram ? Self.program + Samples.filler(500) : []
            func reasons(_ name: String, _ method: Int, _ tableMethod: Int) throws -> [GapReason] {
                let zip = Self.zip(
                    name, method: method, tableMethod: tableMethod, content: content, stored: packed)
                return try Samples.inspect(prefix + zip).reasons
            }
            #expect(try reasons("a.env", 8, 8).isEmpty)
            #expect(try reasons("a.env", 0, 0).isEmpty)
            #expect(try reasons("a.env", 0, 8) == [.unreadable])
            #expect(try reasons("a/", 8, 8) == [.unreadable])
        }
    }

    @Test("a zip whose end is not there withholds a pass")
    func noEnd() throws {
        let zip = try Samples.archive(.zip, ("a", Samples.filler(10)))
        #expect(try Samples.inspect(Array(zip.dropLast(10))).gaps.contains { $0.reason.blocksPass })
        #expect(try Samples.inspect(zip + Samples.filler(70_000)).gaps.contains { $0.reason.blocksPass })
        // Within the longest comment other programs look for it, and so do we.
        #expect(try Samples.inspect(zip + Samples.filler(20_000)).reasons.isEmpty)
    }
}
