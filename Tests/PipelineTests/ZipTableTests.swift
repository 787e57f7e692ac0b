import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Zips whose table of members, by which other programs go, is another than their members.
struct ZipTableTests {
    private static let secret = Array("x=\(Samples.token())\n".utf8)
    private static let plain = Array("nothing to be seen\n".utf8)

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// A zip put together from members and a table that need not fit.
    private struct RawZip {
        var body: [UInt8] = []
        var table: [UInt8] = []
        var members = 0
        /// What is said to be the table's length beyond that.
        var excess = 0

        static func fields(
            _ name: String, _ stored: Int, _ size: Int, _ crc: Int, described: Bool, method: Int = 0
        ) -> [UInt8] {
            little(20, 2) + little(described ? 8 : 0, 2) + little(method, 2) + little(0x21_0000, 4)
                + little(crc, 4)
                + little(stored, 4) + little(size, 4) + little(name.utf8.count, 2) + little(0, 2)
        }

        /// With a `size`, the content is compressed.
        mutating func list(
            _ name: String, _ content: [UInt8], at place: Int, described: Bool = false, size: Int? = nil
        ) {
            let crc = size == 0 ? 0 : Int(RawGzip.crc32(content))
            table +=
                [0x50, 0x4b, 1, 2, 20, 0]
                + Self.fields(
                    name, content.count, size ?? content.count, crc, described: described,
                    method: size == nil ? 0 : 8) + little(0, 10)
                + little(place, 4) + Array(name.utf8)
            members += 1
        }

        static func member(_ name: String, _ content: [UInt8], claim: Int? = nil) -> [UInt8] {
            let size = claim ?? content.count
            let crc = size == 0 ? 0 : Int(RawGzip.crc32(content))
            let header = fields(name, size, size, crc, described: false)
            return [0x50, 0x4b, 3, 4] + header + Array(name.utf8) + content
        }

        /// A member whose length stands behind it.
        static func described(_ name: String, _ content: [UInt8], size: Int? = nil) -> [UInt8] {
            let crc = little(size == 0 ? 0 : Int(RawGzip.crc32(content)), 4)
            let fields = fields(name, 0, 0, 0, described: true, method: size == nil ? 0 : 8)
            return [0x50, 0x4b, 3, 4] + fields + Array(name.utf8) + content
                + [0x50, 0x4b, 7, 8] + crc + little(content.count, 4) + little(size ?? content.count, 4)
        }

        mutating func add(_ name: String, _ content: [UInt8], as listed: String? = nil, claim: Int? = nil) {
            list(listed ?? name, content, at: body.count)
            body += Self.member(name, content, claim: claim)
        }

        func bytes(between: [UInt8] = [], places: Int = 0) -> [UInt8] {
            let end =
                little(0, 4) + little(members, 2) + little(members, 2) + little(table.count + excess, 4)
                + little(body.count + between.count - excess + places, 4) + little(0, 2)
            return body + between + table + [0x50, 0x4b, 5, 6] + end
        }
    }

    private static func reasons(_ bytes: [UInt8]) throws -> [GapReason] {
        let result = try Samples.inspect(bytes, at: "srv/a.jar")
        #expect(result.findings.allSatisfy { $0.place.within != ["hidden"] })
        return result.reasons
    }

    @Test("a table that leads into a member's content withholds a pass")
    func place() throws {
        var zip = RawZip()
        let hidden = RawZip.member("b", Self.secret)
        zip.add("a", Samples.filler(200) + hidden)
        zip.list("b", Self.secret, at: zip.body.count - hidden.count)
        zip.body += RawZip.member("b", Self.plain)
        #expect(try Self.reasons(zip.bytes()) == [.unreadable])
    }

    @Test("an end that says the table is longer withholds a pass, and so does one that says it is shorter")
    func length() throws {
        for excess in [-47, 0, 12, 47] {
            var zip = RawZip()
            zip.add("a", Samples.filler(200))
            zip.add("b", Self.plain)
            zip.excess = excess
            #expect(try Self.reasons(zip.bytes()) == (excess == 0 ? [] : [.unreadable]))
        }
    }

    @Test("a member that is called otherwise in the table withholds a pass")
    func name() throws {
        var zip = RawZip()
        zip.add("notes.txt", Self.plain, as: ".pgpass")
        #expect(try Self.reasons(zip.bytes()) == [.unreadable])
    }

    @Test("a member that is longer in the table than by its own header withholds a pass")
    func size() throws {
        var zip = RawZip()
        zip.add("a", Self.plain, claim: 0)
        zip.add("b", Self.plain)
        #expect(try Self.reasons(zip.bytes()) == [.unreadable])
    }

    @Test("a member that claims more than there is withholds a pass where the zip's end is there")
    func cut() throws {
        var zip = RawZip()
        zip.add("a", Self.plain)
        zip.add("b", Self.plain, claim: 100 << 20)
        zip.add("c", Samples.filler(3 << 20))
        #expect(try Self.reasons(zip.bytes()).contains(.unreadable))
        #expect(try !Self.reasons(zip.body).contains { $0.blocksPass })
    }

    @Test("another table behind the first, in the comment, withholds a pass")
    func secondEnd() throws {
        var zip = RawZip()
        zip.add("a", Self.plain)
        let whole = zip.bytes()
        var commented = whole + zip.table + whole.suffix(22)
        commented[whole.count - 2] = UInt8(zip.table.count + 22)
        #expect(try Self.reasons(commented).contains(.unreadable))
    }

    @Test(
        "a record at the end counts for other programs also where its comment would be longer than what is left"
    )
    func overlongComment() throws {
        var zip = RawZip()
        zip.add("a", Self.plain)
        let whole = zip.bytes()
        var commented = whole + zip.table + whole.suffix(22)
        commented[whole.count - 2] = UInt8(zip.table.count + 22)
        commented[commented.count - 1] = 0xea
        #expect(try Self.reasons(commented).contains(.unreadable))
    }

    @Test(
        "a folder may be compressed, as Java has them, and has content where that takes more than nothing does"
    )
    func folders() throws {
        let nothing: [UInt8] = [3, 0]
        for (content, wanted) in [(nothing, []), (Self.secret, [GapReason.unreadable])] {
            var zip = RawZip()
            zip.add("a", Self.plain)
            zip.list("s/", content, at: zip.body.count, described: true, size: 0)
            zip.body += RawZip.described("s/", content, size: 0)
            #expect(Set(try Self.reasons(zip.bytes())).isSuperset(of: wanted))
            let gaps = try Samples.inspect(zip.bytes()).gaps
            #expect(gaps.isEmpty == wanted.isEmpty, "\(gaps)")
        }
    }

    @Test("members whose length stands behind them are held against the table as well")
    func described() throws {
        for name in ["a", "other"] {
            var zip = RawZip()
            zip.list(name, Self.plain, at: 0, described: true)
            zip.body = RawZip.described("a", Self.plain)
            zip.add("b", Self.plain)
            #expect(try Self.reasons(zip.bytes()) == (name == "a" ? [] : [.unreadable]))
        }
        var short = RawZip()
        short.list("a", Array(Self.plain.dropLast()), at: 0, described: true)
        short.body = RawZip.described("a", Self.plain)
        #expect(try Self.reasons(short.bytes()) == [.unreadable])
    }

    @Test(
        "a package's signature between the members and their table is no gap, other bytes are",
        arguments: [0, 1])
    func signature(filling: Int) throws {
        var zip = RawZip()
        zip.add("a", Self.plain)
        let padding = [UInt8](repeating: 0, count: filling * (4_096 - zip.body.count))
        let length = Self.little(3_000 + 24, 8)
        let mark = Array("APK Sig Block 42".utf8)
        let block = padding + length + Samples.filler(3_000) + length + mark
        #expect(try Self.reasons(zip.bytes(between: block)).isEmpty)
        let broken = padding + length + Samples.filler(3_000) + length + mark.reversed()
        #expect(try Self.reasons(zip.bytes(between: broken)).contains(.unreadable))
    }

    @Test("behind a program places count from the file's beginning or from the zip's", arguments: [0, 1, 2])
    func behindProgram(count: Int) throws {
        let program = [0x7f] + Array("ELF".utf8) + Samples.filler(900)
        var zip = RawZip()
        let shift = count * program.count
        for name in ["a", "b"] {
            zip.list(name, Self.plain, at: zip.body.count + shift)
            zip.body += RawZip.member(name, Self.plain)
        }
        // Twice as far is neither, and for the zip's end the same as for its members.
        let isRight = try Self.reasons(program + zip.bytes(places: shift)).isEmpty
        #expect(isRight)
        let isTorn = try Self.reasons(program + zip.bytes(places: shift + 1)) == [.unreadable]
        #expect(isTorn)
    }
}
