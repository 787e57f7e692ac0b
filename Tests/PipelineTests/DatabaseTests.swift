import Archives
import Cryptography
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What stands in databases and cannot be seen in their bytes.
struct DatabaseTests {
    @Test(
        "a secret in a long value, in UTF-16 or in a new row is found where it stands",
        arguments: ["UTF-8", "UTF-16be"])
    func rows(encoding: String) throws {
        // Wherever the pages end, one of the tokens lies across it.
        let long = (1...400).map { "\(Samples.token(UInt64($0))) " }.joined()
        let bytes = try Self.database(
            """
            PRAGMA encoding = '\(encoding)';
            CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);
            INSERT INTO note VALUES (7, 'x'), (9, '\(long)');
            """)
        let result = try Samples.inspect(bytes, at: "srv/app.db")
        #expect(Set(result.findings.map(\.fingerprint)).count == 400)
        #expect(result.findings.allSatisfy { $0.place.within.first == "note.body row 2" })
        #expect(result.findings.allSatisfy { $0.place.offset == nil && $0.secretLength == 24 })
        #expect(result.gaps.isEmpty)
    }

    @Test("a blob and a row that was deleted are searched")
    func others() throws {
        let bytes = try Self.database(
            """
            PRAGMA secure_delete = 0;
            CREATE TABLE t (b BLOB);
            INSERT INTO t VALUES (CAST('\(Samples.token(1)) ' || hex(zeroblob(9000)) AS BLOB)), ('\(Samples.token(2))');
            DELETE FROM t WHERE rowid = 2;
            """)
        let result = try Samples.inspect(bytes)
        #expect(Set(result.findings.map(\.place.within)) == [[], ["t.b row 1"]])
    }

    @Test("a database that is broken or too large is searched as it is, and that is told")
    func shortfalls() throws {
        var bytes = try Self.database("CREATE TABLE t (b); INSERT INTO t VALUES ('\(Samples.token())');")
        for index in 100..<130 { bytes[index] = 0xee }
        let broken = try Samples.inspect(bytes)
        #expect(broken.findings.count == 1)
        #expect(broken.reasons == [.unreadable], "what tables there are is not known")
        var random = SeededGenerator(seed: 3)
        let noise = (0..<(1 << 18)).map { _ in UInt8.random(in: 0...255, using: &random) }
        var large = bytes
        while large.count <= FileInspection.databaseMemory { large += noise }
        let result = try Samples.inspect(large)
        #expect(result.findings.count == 1)
        #expect(result.reasons == [.searchedAsStored])
        #expect(GapReason.searchedAsStored.blocksPass, "in its bytes a value may lie in pieces")
    }

    @Test("a row that is damaged withholds a pass, for programs may read those behind it")
    func damagedRow() throws {
        var bytes = try Self.database(
            "CREATE TABLE t (b); INSERT INTO t VALUES ('first'), ('\(Samples.token()) of the second');")
        let text = Array("first".utf8)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: text) })
        // The length of the row's header.
        bytes[place - 2] = 0x7f
        #expect(try Samples.inspect(bytes).reasons == [.unreadable])
        #expect(GapReason.unreadable.blocksPass)
    }

    @Test("a database is read where there is memory for it, and where there is none that withholds a pass")
    func memory() throws {
        let bytes = try Self.database("CREATE TABLE t (b); INSERT INTO t VALUES ('\(Samples.token())');")
        let entry = FileEntry(
            path: EntryPath("srv/app.db"), kind: .file, size: bytes.count, mode: 0o644, owner: 0, group: 0)
        for (others, reasons) in [(16 << 20, []), (24 << 20, [.searchedAsStored])] as [(Int, [GapReason])] {
            let memory = DecoderMemory()
            #expect(memory.take(others) == others)
            let result = try FileInspection(detectors: Samples.detectors, memory: memory)
                .inspect(entry, content: MemoryByteSource(bytes))
            #expect(result.reasons == reasons)
            #expect(memory.take(32 << 20) == 32 << 20 - others)
        }
    }

    @Test("conditions of many parts, which SQLite itself allows, are no reason to give up")
    func conditions() throws {
        let check = (0..<200).map { "b <> \($0)" }.joined(separator: " AND ")
        let long = String(repeating: "x", count: 9_000)
        let bytes = try Self.database(
            "CREATE TABLE t (b, CHECK (\(check))); INSERT INTO t VALUES ('\(long) \(Samples.token())');")
        let result = try Samples.inspect(bytes)
        #expect(result.findings.map(\.place.within) == [["t.b row 1"]] && result.gaps.isEmpty)
    }

    @Test("an archive that lies in a column is opened")
    func archive() throws {
        let zip = try Samples.archive(.zip, ("in.env", Array("KEY=\(Samples.token())".utf8)))
        let bytes = try Self.database(
            """
            CREATE TABLE t (b BLOB); INSERT INTO t VALUES (x'\(Hex.string(zip))'); INSERT INTO t VALUES ('end');
            """)
        let result = try Samples.inspect(bytes)
        #expect(result.findings.map(\.place.within) == [["t.b row 1", "in.env"]])
        #expect(result.gaps.isEmpty, "\(result.gaps)")
        #expect(bytes.suffix(zip.count).elementsEqual(zip), "the first value of a page stands at its end")
        let other = try Samples.archive(.zip, ("in.env", Array("KEY=\(Samples.token(2))".utf8)))
        #expect(try Samples.inspect(bytes + other).reasons.contains(.unsupported))
    }

    @Test("names of columns as long as a page are cut")
    func longNames() throws {
        let name = String(repeating: "n", count: 200_000)
        let bytes = try Self.database(
            """
            PRAGMA encoding = 'UTF-16le'; CREATE TABLE t ("\(name)");
            INSERT INTO t VALUES ('\(Samples.token())');
            """)
        let result = try Samples.inspect(bytes)
        let step = try #require(result.findings.compactMap(\.place.within.first).first { $0.hasPrefix("t.") })
        #expect(step.hasSuffix("n row 1") && step.utf8.count < 200)
    }

    private static func database(_ script: String) throws -> [UInt8] {
        let scratch = try ScratchFolder()
        _ = try ProgramRunner.output(of: "sqlite3", [scratch.file("it.db")], input: Array(script.utf8))
        return try scratch.read("it.db")
    }
}
