import Archives
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Zips behind files of other forms, which other programs find by their end.
struct AppendedZipTests {
    private enum Holder: CaseIterable {
        case database, object, pack, module, memory

        func content() throws -> [UInt8] {
            let folder = try ScratchFolder()
            func run(_ tool: String, _ arguments: String..., input: String = "") throws -> [UInt8] {
                try ProgramRunner.output(of: tool, arguments, input: Array(input.utf8), in: folder.path)
            }
            switch self {
            case .database:
                _ = try run("sqlite3", "it", input: "CREATE TABLE t (v); INSERT INTO t VALUES ('a');")
            case .object, .pack:
                _ = try run("git", "init", "-q")
                let name = try run("git", "hash-object", "-w", "--stdin", input: "nothing to be seen here\n")
                let id = String(decoding: name, as: UTF8.self).prefix { $0 != "\n" }
                if self == .pack {
                    return try run("git", "pack-objects", "--stdout", "-q", input: "\(id)\n")
                }
                return try folder.read(".git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
            case .module:
                try folder.write("a = 'some text'\n", to: "it.py")
                _ = try run("python3", "-c", "import py_compile; py_compile.compile('it.py', 'it')")
            case .memory:
                return [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9) + [4, 0, 62, 0]
                    + [UInt8](repeating: 0, count: 9_000)
            }
            return try folder.read("it")
        }
    }

    @Test("a zip behind a file that is taken apart as something else is a gap", arguments: Holder.allCases)
    private func appended(holder: Holder) throws {
        let zip = try Samples.archive(.zip, ("key.env", Array("x=\(Samples.token())".utf8)))
        let content = try holder.content()
        #expect(try Samples.inspect(content).gaps.isEmpty)
        #expect(try Samples.inspect(content + zip).reasons.contains(.unsupported))
    }

    @Test(
        "a zip behind other bytes is a gap also where bytes follow it, or its comment is long",
        arguments: [1, 20_000, 65_000])
    func followed(length: Int) throws {
        let zip = try Samples.archive(.zip, ("key.env", Array("x=\(Samples.token())".utf8)))
        let junk = Samples.filler(3_000)
        let tail = [UInt8](repeating: 0x0a, count: length)
        #expect(try Samples.inspect(junk + zip + tail).reasons.contains(.unsupported))
        var commented = zip
        commented[zip.count - 2] = UInt8(length & 0xff)
        commented[zip.count - 1] = UInt8(length >> 8)
        #expect(try Samples.inspect(junk + commented + tail).reasons.contains(.unsupported))
        #expect(try Samples.inspect(junk + tail).gaps.isEmpty)
    }

    /// The start of a program for 64 bits, which has no sections.
    private static let program =
        [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
        + [2, 0, 62, 0, 1, 0, 0, 0] + [UInt8](repeating: 0, count: 9_000)

    @Test(
        "a zip in the middle of a program is opened, and is a gap only where its own table is another"
    )
    func inside() throws {
        let token = Samples.token()
        let zip = try Samples.archive(.zip, ("zone", Array("x=\(token)".utf8)))
        let table = try #require(zip.indices.first { zip[$0...].starts(with: [0x50, 0x4b, 1, 2]) })
        let rest = Samples.filler(200_000)
        let whole = try Samples.inspect(Self.program + zip + rest)
        #expect(whole.gaps.isEmpty && whole.sightings.count == 1)
        var renamed = zip
        renamed[table + 46] ^= 1
        #expect(try Samples.inspect(Self.program + renamed + rest).reasons.contains(.unreadable))
        // Another behind it changes nothing.
        let both = Self.program + renamed + Samples.filler(500) + zip + rest
        #expect(try Samples.inspect(both).reasons.contains(.unreadable))
    }

    @Test(
        "the record that libraries for large zips copy from is no zip, unless the one before it is there too")
    func template() throws {
        let record: [UInt8] =
            [0x50, 0x4b, 5, 6, 0, 0, 0, 0] + [UInt8](repeating: 0xff, count: 8) + [0x50, 0x4b, 3, 4, 20, 0]
        let locator: [UInt8] = [0x50, 0x4b, 6, 7] + [UInt8](repeating: 0, count: 16)
        let junk = Samples.filler(3_000)
        let tail = Samples.filler(400)
        #expect(try Samples.inspect(junk + record + tail).gaps.isEmpty)
        #expect(try Samples.inspect(junk + locator + record + tail).reasons.contains(.unsupported))
    }
}
