import SQLiteDatabases
import TestSupport
import Testing

/// Databases that SQLite's own program wrote, whole and damaged.
struct SQLiteDatabaseTests {
    @Test("every row of every table is read, in order", arguments: ["UTF-8", "UTF-16le", "UTF-16be"])
    func rows(encoding: String) throws {
        let bytes = try Self.database(
            """
            PRAGMA encoding = '\(encoding)';
            CREATE TABLE "a ""b" (n INTEGER PRIMARY KEY, t TEXT, x BLOB);
            INSERT INTO "a ""b" VALUES (1, 'Grüße', x'00ff'), (2, NULL, NULL);
            CREATE TABLE w (k TEXT PRIMARY KEY, v REAL) WITHOUT ROWID;
            INSERT INTO w VALUES ('k', 1.5);
            """)
        let seen = try Self.read(bytes)
        #expect(
            seen
                == [#"a "b: 1 Grüße 0000ff"#, #"a "b: 2 - -"#, "w: k 1.5"].map {
                    $0.replacing("0000ff", with: "00ff")
                })
    }

    @Test("a value that is spread over many pages comes whole")
    func overflow() throws {
        let long = String(repeating: "0123456789", count: 5_000)
        let bytes = try Self.database("CREATE TABLE t (v); INSERT INTO t VALUES ('\(long)');")
        #expect(try Self.read(bytes) == ["t: \(long)"])
    }

    @Test("a database that is written with a log beside it is read without the log")
    func log() throws {
        let bytes = try Self.database(
            "PRAGMA journal_mode = wal; CREATE TABLE t (v); INSERT INTO t VALUES ('seen');")
        #expect(bytes[18] == 2)
        #expect(try Self.read(bytes) == ["t: seen"])
    }

    @Test("what the file would have computed is not: views, triggers, virtual tables, computed columns")
    func computed() throws {
        let bytes = try Self.database(
            """
            CREATE TABLE t (v TEXT, h TEXT AS (hex(v)) VIRTUAL, s TEXT AS (v || '!') STORED);
            INSERT INTO t (v) VALUES ('a');
            CREATE VIEW w AS SELECT 'view' AS v;
            CREATE VIRTUAL TABLE f USING fts5 (body);
            """)
        let tables = try SQLiteDatabase.read(StoredBytes(bytes)) { database throws(SQLiteError) in
            var tables: [SQLiteTable] = []
            for name in try database.tableNames() { tables.append(try database.table(name)) }
            return tables
        }
        #expect(tables.first == SQLiteTable(name: "t", columns: ["v", "s"]))
        #expect(!tables.contains { ["w", "f"].contains($0.name) })
    }

    @Test(
        "no damage does harm: bytes that are others, zeros or missing",
        arguments: 1...20 as ClosedRange<UInt64>)
    func damage(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let whole = try Self.sample.get()
        for _ in 0..<20 {
            var bytes = whole
            for _ in 0...Int.random(in: 0...20, using: &random) {
                let place =
                    Bool.random(using: &random)
                    ? Int.random(in: 16..<600, using: &random)
                    : Int.random(in: 16..<bytes.count, using: &random)
                bytes[place] =
                    [0, 1, 0xff, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
            }
            if Int.random(in: 0...3, using: &random) == 0 {
                bytes.removeLast(Int.random(in: 0...bytes.count - 200, using: &random))
            }
            _ = try? Self.count(bytes)
        }
    }

    @Test("pages that all point at the same one end at what a file of that size can hold")
    func cycle() throws {
        let rows = (0..<4_000).map { "('row \($0) of many')" }.joined(separator: ", ")
        var bytes = try Self.database("CREATE TABLE t (v); INSERT INTO t VALUES \(rows);")
        let page = 4_096
        // Interior pages of tables begin with 5; each cell has a child's number at its beginning.
        for start in stride(from: page, to: bytes.count, by: page) where bytes[start] == 5 {
            let cells = Int(bytes[start + 3]) << 8 | Int(bytes[start + 4])
            for cell in 0..<cells {
                let pointer = start + 12 + 2 * cell
                let place = start + Int(bytes[pointer]) << 8 + Int(bytes[pointer + 1])
                bytes.replaceSubrange(place..<place + 4, with: [0, 0, 0, UInt8(start / page + 1)])
            }
        }
        #expect(throws: SQLiteError.self) { _ = try Self.read(bytes) }
    }

    @Test("tables that all begin at the same page have no more rows together than the file can hold")
    func sharedRoot() throws {
        let rows = (0..<4_000).map { "('row \($0) of many')" }.joined(separator: ", ")
        let tables = (0..<200).map { "CREATE TABLE t\($0) (v);" }.joined()
        let bytes = try Self.database(
            """
            CREATE TABLE t (v); INSERT INTO t VALUES \(rows); \(tables)
            .dbconfig defensive off
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 't');
            """)
        let error = #expect(throws: SQLiteError.self) { _ = try Self.count(bytes) }
        #expect(error?.code == .tooLarge)
    }

    @Test("a file that cannot be read any more is no damage, and is told as one that takes too long")
    func unreadable() throws {
        let bytes = StoredBytes(try Self.sample.get(), readable: 8_000)
        let error = #expect(throws: SQLiteError.self) { _ = try Self.count(bytes) }
        #expect(error?.code == .tooLarge)
    }

    @Test("a column's name may have a quotation mark under an accent, and a table's type capitals")
    func oddNames() throws {
        let bytes = try Self.database(
            """
            CREATE TABLE t ("x""\u{301} --" TEXT); INSERT INTO t VALUES ('seen');
            .dbconfig defensive off
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET type = 'Table';
            """)
        #expect(try Self.read(bytes) == ["t: seen"])
    }

    @Test("conditions of as many parts as SQLite allows are no damage")
    func conditions() throws {
        let check = (0..<200).map { "v <> \($0)" }.joined(separator: " AND ")
        let bytes = try Self.database("CREATE TABLE t (v, CHECK (\(check))); INSERT INTO t VALUES ('a');")
        #expect(try Self.read(bytes) == ["t: a"])
    }

    private static let sample = Result {
        try database(
            """
            CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c BLOB); CREATE INDEX i ON t (b);
            WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300)
            INSERT INTO t SELECT x, 'text ' || x, zeroblob(x * 20) FROM n;
            """)
    }

    private static func database(_ script: String) throws -> [UInt8] {
        let scratch = try ScratchFolder()
        _ = try ProgramRunner.output(of: "sqlite3", [scratch.file("it.db")], input: Array(script.utf8))
        return try scratch.read("it.db")
    }

    private static func count(_ bytes: [UInt8]) throws -> Int { try count(StoredBytes(bytes)) }

    private static func count(_ bytes: StoredBytes) throws -> Int {
        try SQLiteDatabase.read(bytes) { database throws(SQLiteError) in
            var count = 0
            for name in try database.tableNames() {
                let table = try database.table(name)
                try database.rows(of: table) { row in
                    for column in table.columns.indices { count += row.withBytes(column) { $0.count } }
                }
            }
            return count
        }
    }

    private static func read(_ bytes: [UInt8]) throws -> [String] {
        try SQLiteDatabase.read(StoredBytes(bytes)) { database throws(SQLiteError) in
            var seen: [String] = []
            for name in try database.tableNames() {
                let table = try database.table(name)
                try database.rows(of: table) { row in
                    let values = table.columns.indices.map { column in
                        switch row.kind(column) {
                        case .null: "-"
                        case .blob:
                            row.bytes(column).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                        default: String(decoding: row.bytes(column), as: UTF8.self)
                        }
                    }
                    seen.append("\(table.name): \(values.joined(separator: " "))")
                }
            }
            return seen
        }
    }
}
