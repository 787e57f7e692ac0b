import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What programs wrote to a database's log and not yet to the database.
struct DatabaseLogTests {
    /// A database in a folder with its log beside it.
    private struct Logged {
        let database: [UInt8]
        let log: [UInt8]

        /// What `before` makes is in the database, what `after` makes in the log.
        init(_ before: String, _ after: String, encoding: String = "UTF-8") throws {
            let scratch = try ScratchFolder()
            let script = """
                PRAGMA encoding = '\(encoding)';
                PRAGMA journal_mode = wal;
                PRAGMA wal_autocheckpoint = 0;
                \(before)
                PRAGMA wal_checkpoint(truncate);
                \(after)
                .dbconfig no_ckpt_on_close on

                """
            _ = try ProgramRunner.output(
                of: "sqlite3", [scratch.file("it.db")], input: Array(script.utf8))
            database = try scratch.read("it.db")
            log = try scratch.read("it.db-wal")
        }
    }

    /// Looks at the files one after the other, as they stand in a layer; says too how much memory is held in the end.
    private static func inspectAll(
        _ files: [(path: String, bytes: [UInt8])]
    ) throws -> (results: [String: FileInspection.Result], held: Int) {
        let all = 32 << 20
        let memory = DecoderMemory()
        let inspection = FileInspection(detectors: Samples.detectors, memory: memory)
        var results: [String: FileInspection.Result] = [:]
        for file in files {
            let entry = FileEntry(
                path: EntryPath(file.path), kind: .file, size: file.bytes.count, mode: 0o644, owner: 0,
                group: 0)
            results[file.path] = try inspection.inspect(entry, content: MemoryByteSource(file.bytes))
        }
        return (results, all - memory.take(all))
    }

    private static func inspect(
        _ files: (path: String, bytes: [UInt8])...
    ) throws -> [String: FileInspection.Result] { try inspectAll(files).results }

    /// So many secrets in one value that some lie across the ends of pages, wherever these are.
    private static func long(_ seeds: ClosedRange<UInt64>) -> String {
        seeds.map { "\(Samples.token($0)) " }.joined()
    }

    private static func inRows(_ result: FileInspection.Result?) -> Set<Fingerprint?> {
        Set((result?.findings ?? []).filter(isInRow).map(\.fingerprint))
    }

    private static func isInRow(_ finding: SightedFinding) -> Bool {
        finding.place.within.first?.contains(" row ") == true
    }

    @Test(
        "a row is found in the file that it stands in: the database, the log, or both",
        arguments: ["UTF-8", "UTF-16le"])
    func rows(encoding: String) throws {
        let filler = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 900)"
        let logged = try Logged(
            """
            CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);
            INSERT INTO note VALUES (1, '\(Self.long(1...200))'), (2, '\(Self.long(201...400))');
            \(filler) INSERT INTO note (body) SELECT 'nothing of note ' || x FROM n;
            """,
            """
            DELETE FROM note WHERE id = 1;
            INSERT INTO note (body) VALUES ('\(Self.long(401...600))');
            """, encoding: encoding)
        let results = try Self.inspect(
            ("srv/it.db", logged.database), ("srv/it.db-shm", [0]), ("srv/it.db-wal", logged.log))
        let database = Self.inRows(results["srv/it.db"])
        let log = Self.inRows(results["srv/it.db-wal"])
        #expect(database.count == 400 && log.count == 200 && database.isDisjoint(with: log))
        let place = results["srv/it.db-wal"]?.findings.last(where: Self.isInRow)?.place.within
        #expect(place == ["note.body row 902"], "the first of 903 is gone")
        #expect(results.values.flatMap(\.reasons).isEmpty)
        // Searched as they are, the bytes do not have all of them.
        let alone = try Self.inspect(("srv/it.db-wal", logged.log))["srv/it.db-wal"]
        #expect(Set((alone?.findings ?? []).map(\.fingerprint)).intersection(log).count < 200)
        #expect(
            alone?.reasons == [.searchedAsStored], "the table begins in a page that the log does not have")
    }

    @Test("a log that has all of a database is read wherever it stands")
    func whole() throws {
        let logged = try Logged("", "CREATE TABLE t (v); INSERT INTO t VALUES ('\(Self.long(1...200))');")
        for before in ["srv/it.db", "srv/other.db"] {
            let results = try Self.inspect((before, logged.database), ("srv/it.db-wal", logged.log))
            #expect(Self.inRows(results["srv/it.db-wal"]).count == 200)
            #expect(results.values.flatMap(\.reasons).isEmpty)
        }
    }

    @Test("a log that is cut off is read as far as SQLite would, and one that is no log withholds a pass")
    func damaged() throws {
        let logged = try Logged(
            "CREATE TABLE t (v);",
            "INSERT INTO t VALUES ('\(Self.long(1...200))'); INSERT INTO t VALUES ('\(Self.long(201...400))');"
        )
        let cut = Array(logged.log.dropLast(5_000))
        let results = try Self.inspect(("it.db", logged.database), ("it.db-wal", cut))
        #expect(Self.inRows(results["it.db-wal"]).count == 200)
        let noise = Array(logged.log.prefix(32)) + [UInt8](repeating: 0x55, count: 9_000)
        #expect(try Self.inspect(("it.db-wal", noise))["it.db-wal"]?.reasons == [.searchedAsStored])
        #expect(try Self.inspect(("it.db-wal", Array(noise.prefix(32))))["it.db-wal"]?.reasons == [])
    }

    @Test("where pages are neither in the database nor in the log, the other tables are read")
    func missing() throws {
        let logged = try Logged(
            "CREATE TABLE a (v); CREATE TABLE t (v); INSERT INTO a VALUES ('gone');",
            "INSERT INTO t VALUES ('\(Self.long(1...200))');")
        let results = try Self.inspect(
            ("it.db", Array(logged.database.prefix(4_096))), ("it.db-wal", logged.log))
        #expect(Self.inRows(results["it.db-wal"]).count == 200)
        #expect(
            results["it.db-wal"]?.reasons == [.unreadable], "a program may have the pages that are not here")
    }

    @Test("a database is kept for its log and no longer")
    func memory() throws {
        let logged = try Logged("CREATE TABLE t (v);", "INSERT INTO t VALUES (1);")
        let database = ("it.db", logged.database)
        let kept = try Self.inspectAll([database]).held
        #expect(kept >= logged.database.count)
        #expect(try Self.inspectAll([database, ("it.db-shm", [0])]).held == kept)
        for other in ["it.db-wal", "it.db2", "a"] {
            #expect(try Self.inspectAll([database, (other, logged.log)]).held == 0, "\(other)")
        }
    }
}
