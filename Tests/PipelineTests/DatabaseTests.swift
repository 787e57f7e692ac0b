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
        #expect(broken.reasons == [.malformedArchive])
        let large = bytes + [UInt8](repeating: 0, count: FileInspection.largestDatabase)
        let result = try Samples.inspect(large)
        #expect(result.findings.count == 1)
        #expect(result.reasons == [.searchedAsStored])
        #expect(GapReason.searchedAsStored.blocksPass, "in its bytes a value may lie in pieces")
    }

    private static func database(_ script: String) throws -> [UInt8] {
        let scratch = try ScratchFolder()
        _ = try ProgramRunner.output(of: "sqlite3", [scratch.file("it.db")], input: Array(script.utf8))
        return try scratch.read("it.db")
    }
}
