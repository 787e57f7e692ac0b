internal import CSQLite
internal import Foundation

/// A database file that we hold, read by SQLite's own library with as little trust as it can be asked for.
///
/// Nothing is written, no statement, function, view, trigger or extension that the file names is run, and virtual tables
/// are left out, so are columns that are computed. What a file of its size cannot hold ends the reading: pages that
/// point at each other would go on for ever.
@safe package struct SQLiteDatabase: ~Copyable {
    /// What every file begins with.
    package static let mark = Array("SQLite format 3\0".utf8)

    /// How much memory SQLite takes for itself at most, for all databases of the process together.
    package static let heapLimit = 12 << 20
    private static let heap = sqlite3_hard_heap_limit64(Int64(heapLimit))
    /// One thread at a time has all of that, so that what it reads does not depend on what others read meanwhile; a
    /// database inside another is read by the same one.
    private static let turn = NSRecursiveLock()
    /// More than any honest file has, each of which costs memory.
    private static let columnLimit: CInt = 2_000

    /// How many instructions of SQLite's are run between two looks at the budget.
    private static let stride = 1_000

    private let handle: OpaquePointer
    private let file: DatabaseFile
    private let size: Int
    /// What may still be done, so that no file keeps anybody busy for ever.
    private let budget: UnsafeMutablePointer<Budget>

    /// What is left for a file, however many tables it has.
    private struct Budget {
        var instructions: Int
        var rows: Int

        /// A value takes one instruction and a byte at least, a row four bytes.
        init(size: Int) {
            instructions = 10_000_000 + 8 * size
            rows = 1_000 + size / 4
        }
    }

    private init(_ handle: OpaquePointer, in file: DatabaseFile, size: Int) {
        unsafe self.handle = handle
        self.file = file
        self.size = size
        unsafe budget = .allocate(capacity: 1)
        unsafe budget.initialize(to: Budget(size: size))
    }

    deinit {
        unsafe sqlite3_close(handle)
        unsafe budget.deallocate()
    }

    /// Whether a file that begins like this is a database.
    package static func isDatabase(_ beginning: Span<UInt8>) -> Bool {
        guard beginning.count >= 100, beginning[0] == mark[0] else { return false }
        return mark.indices.allSatisfy { beginning[$0] == mark[$0] }
    }

    /// Lends `body` the database that `bytes` are.
    ///
    /// With its `log`, as it is once what stands there is worked into it; without, as it is without.
    package static func read<Result>(
        _ bytes: any DatabaseBytes, log: (any DatabaseBytes)? = nil,
        _ body: (borrowing SQLiteDatabase) throws(SQLiteError) -> Result
    ) throws(SQLiteError) -> Result {
        var beginning = [UInt8](repeating: 0, count: min(100, bytes.count))
        var room = beginning.mutableSpan
        guard bytes.read(at: 0, into: &room), log != nil || isDatabase(beginning.span) else {
            throw SQLiteError(.malformed, "no SQLite database")
        }
        turn.lock()
        defer { turn.unlock() }
        let database = try open(bytes, log: log)
        return try body(database)
    }

    private static func open(
        _ bytes: any DatabaseBytes, log: (any DatabaseBytes)?
    ) throws(SQLiteError) -> SQLiteDatabase {
        _ = heap
        let file = DatabaseFile(bytes, log: log)
        let (status, opened) = unsafe file.open()
        guard let handle = unsafe opened else { throw error(status, "SQLite cannot start") }
        let database = unsafe SQLiteDatabase(handle, in: file, size: bytes.count + (log?.count ?? 0))
        guard status == SQLITE_OK else { throw error(status, "database cannot be opened") }
        database.restrict()
        return database
    }

    private func restrict() {
        let switches: [(option: CInt, value: CInt)] = [
            (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (SQLITE_DBCONFIG_ENABLE_VIEW, 0), (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
            (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0), (SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0),
            (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1), (SQLITE_DBCONFIG_DQS_DML, 0),
        ]
        for (option, value) in switches { _ = unsafe palimpsest_sqlite3_set(handle, option, value) }
        let limits: [(limit: CInt, value: CInt)] = [
            (SQLITE_LIMIT_LENGTH, CInt(clamping: size)), (SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
            (SQLITE_LIMIT_COLUMN, Self.columnLimit),
            (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_TRIGGER_DEPTH, 1), (SQLITE_LIMIT_WORKER_THREADS, 0),
        ]
        for (limit, value) in limits { _ = unsafe sqlite3_limit(handle, limit, value) }
        // Whoever has the file alone needs no memory shared with others to read the log.
        let settings = "PRAGMA locking_mode=EXCLUSIVE; PRAGMA cell_size_check=ON; PRAGMA query_only=ON"
        _ = unsafe sqlite3_exec(handle, settings, nil, nil, nil)
        unsafe sqlite3_progress_handler(
            handle, CInt(Self.stride),
            { context in
                guard let budget = unsafe context?.assumingMemoryBound(to: Budget.self) else { return 1 }
                unsafe budget.pointee.instructions -= SQLiteDatabase.stride
                return unsafe budget.pointee.instructions < 0 ? 1 : 0
            }, budget)
    }

    static func error(_ status: CInt, _ reason: String) -> SQLiteError {
        let words = unsafe String(cString: sqlite3_errstr(status))
        switch status & 0xff {
        case SQLITE_TOOBIG, SQLITE_NOMEM: return SQLiteError(.tooLarge, reason, underlying: words)
        // A file in memory fails only where it was read too often.
        case SQLITE_INTERRUPT, SQLITE_IOERR:
            return SQLiteError(.tooLarge, "database takes longer to read than one of its size should")
        case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR, SQLITE_FORMAT, SQLITE_CANTOPEN, SQLITE_SCHEMA:
            return SQLiteError(.malformed, reason, underlying: words)
        default: return SQLiteError(.unavailable, reason, underlying: words)
        }
    }
}

extension SQLiteDatabase {
    /// The names of the tables in the order in which the file lists them.
    package func tableNames() throws(SQLiteError) -> [String] {
        var names: [String] = []
        var left = size
        // Virtual tables and views have no page. To SQLite itself a `Table` is one as well.
        try run("SELECT name FROM main.sqlite_schema WHERE type = 'table' COLLATE NOCASE AND rootpage > 0") {
            row throws(SQLiteError) in
            let name = row.bytes(0)
            left -= name.count
            guard left >= 0 else {
                throw SQLiteError(.tooLarge, "database has longer names than a file of its size can hold")
            }
            names.append(String(decoding: name, as: UTF8.self))
        }
        return names
    }

    /// The table of this name.
    package func table(_ name: String) throws(SQLiteError) -> SQLiteTable {
        var columns: [String] = []
        try run("PRAGMA main.table_xinfo(\(Self.quoted(name)))") { row in
            // 2 is computed when it is read, 1 belongs to a virtual table.
            guard row.integer(6) == 0 || row.integer(6) == 3 else { return }
            columns.append(String(decoding: row.bytes(1), as: UTF8.self))
        }
        return SQLiteTable(name: name, columns: columns)
    }

    /// Lends `body` each row of `table`, its columns in the order of ``SQLiteTable/columns``.
    ///
    /// Rows that came before an error were good.
    package func rows(
        of table: SQLiteTable, _ body: (SQLiteRow) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        guard !table.columns.isEmpty else { return }
        let columns = table.columns.map(Self.quoted).joined(separator: ", ")
        try run("SELECT \(columns) FROM main.\(Self.quoted(table.name)) NOT INDEXED", body)
    }

    private func run(
        _ query: String, _ body: (SQLiteRow) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        var prepared: OpaquePointer?
        let status = unsafe sqlite3_prepare_v2(handle, query, -1, &prepared, nil)
        guard status == SQLITE_OK, let statement = unsafe prepared else {
            let error = Self.error(status, "database cannot be read")
            // No damage, but something that the library does not know.
            guard status & 0xff == SQLITE_ERROR else { throw error }
            throw SQLiteError(.unavailable, error.reason, underlying: error.underlying)
        }
        defer { unsafe sqlite3_finalize(statement) }
        while true {
            let status = unsafe sqlite3_step(statement)
            guard status == SQLITE_ROW else {
                guard status == SQLITE_DONE else { throw Self.error(status, "database cannot be read") }
                return
            }
            unsafe budget.pointee.rows -= 1
            guard unsafe budget.pointee.rows >= 0 else {
                throw SQLiteError(.tooLarge, "database has more rows than a file of its size can hold")
            }
            try body(unsafe SQLiteRow(statement))
        }
    }

    private static func quoted(_ name: String) -> String {
        // Not by characters, to which a quotation mark under an accent is none.
        let scalars = name.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"\(scalars.map { String($0) }.joined(separator: "\"\""))\""
    }
}
