import Archives
import Detection
import Model
import SQLiteDatabases

extension PackedBytes: DatabaseBytes {}

extension FileInspection {
    /// As rpm's of a whole server may be; how long a database may take to be read grows with its size.
    static let largestDatabase = 64 << 20
    /// The memory that its bytes may take, packed where they are many.
    static let databaseMemory = 18 << 20
    /// So much text of rows is looked at together.
    private static let batch = 512 << 10
    /// Shorter values are no archive.
    private static let shortestArchive = 32

    /// Looks at the rows of an SQLite database, whose bytes were searched as they are.
    ///
    /// In those a long value lies in pieces, a value and the name of its column apart, and text may be UTF-16. Says
    /// whether the file ends with a value that was opened.
    func openDatabase(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws -> Bool {
        var taken = memory.take(Self.databaseMemory + SQLiteDatabase.heapLimit)
        defer { memory.giveBack(taken) }
        let room = taken - SQLiteDatabase.heapLimit
        let bytes = room > 0 ? try PackedBytes.read(window, largest: Self.largestDatabase, memory: room) : nil
        try window.finish()
        guard within.count < limit.depth else {
            result.note(.depthLimit, "SQLite database inside \(within.count) others")
            return false
        }
        guard let bytes else {
            let reason =
                room == Self.databaseMemory
                ? "of more than \(Self.largestDatabase >> 20) MiB, or \(Self.databaseMemory >> 20) MiB packed"
                : "beside others that take the memory"
            result.note(.searchedAsStored, "SQLite database \(reason)")
            return false
        }
        memory.giveBack(room - bytes.weight)
        taken -= room - bytes.weight
        let isEndOpened = openRows(
            of: bytes, entry, within: within, meter: meter, into: &result)
        if within.isEmpty, HeldDatabase.mayHaveLog(bytes) {
            heldDatabase = HeldDatabase(bytes, of: entry, holding: memory, seen: result.sightings)
            taken -= bytes.weight
        }
        return isEndOpened
    }

    /// Looks at the rows of `database`, with what stands in its log where that is given; says whether the file ends with a
    /// value that was opened.
    func openRows(
        of database: any DatabaseBytes, log: (any DatabaseBytes)? = nil, _ entry: FileEntry,
        within: [String], meter: ExpansionMeter, into result: inout Result
    ) -> Bool {
        var rows = DatabaseRows()
        do throws(SQLiteError) {
            try SQLiteDatabase.read(database, log: log) { database throws(SQLiteError) in
                for name in try database.tableNames() {
                    try inspect(
                        try database.table(name), of: database, &rows, entry, within: within, meter: meter,
                        into: &result)
                }
            }
        } catch {
            // What the tables are is not known, or there are more than were read.
            result.note(
                meter.exceeded ?? (error.code == .tooLarge ? .searchedAsStored : .unreadable),
                "SQLite: \(error)")
        }
        do throws(ArchiveError) {
            try flush(&rows, entry, within: within, meter: meter, into: &result)
        } catch {
            result.note([Self.gap(error, "SQLite", meter)])
        }
        return rows.holdsEnd
    }

    private func inspect(
        _ table: SQLiteTable, of database: borrowing SQLiteDatabase, _ rows: inout DatabaseRows,
        _ entry: FileEntry, within: [String], meter: ExpansionMeter, into result: inout Result
    ) throws(SQLiteError) {
        rows.begin(table)
        let isPackages = within.isEmpty && PackageReader.isRPM(entry.path) && table.name == "Packages"
        let header = isPackages ? table.columns.firstIndex(of: "blob") : nil
        do throws(SQLiteError) {
            try database.rows(of: table) { row throws(SQLiteError) in
                if let header { row.withBytes(header) { packages.addRPM(header: $0) } }
                do throws(ArchiveError) {
                    try inspect(row, of: &rows, entry, within: within, meter: meter, into: &result)
                } catch {
                    throw SQLiteError(.tooLarge, error.description)
                }
            }
        } catch {
            guard error.code != .tooLarge else { throw error }
            // Programs may read what SQLite alone does not know, and the rows behind one that is damaged.
            result.note(.unreadable, "SQLite: \(error)")
        }
    }

    private func inspect(
        _ row: SQLiteRow, of rows: inout DatabaseRows, _ entry: FileEntry, within: [String],
        meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) {
        rows.next()
        for column in rows.columns.indices {
            let kind = row.kind(column)
            guard kind == .text || kind == .blob else { continue }
            if kind == .blob, row.withBytes(column, Self.isOpened) {
                try open(
                    column, of: row, called: rows.place(column), of: entry, within: within, meter: meter,
                    into: &result)
                rows.holdsEnd = rows.holdsEnd || isAtEnd(column, of: row, levels[within.count].window)
            } else if !rows.add(column, of: row) {
                try row.withBytes(column) { span throws(ArchiveError) in
                    try meter.count(span.count, from: levels[0].window.watched)
                    try inspect(span, called: rows.place(column), of: entry, within: within, into: &result)
                }
            }
            guard rows.text.weight > Self.batch else { continue }
            try flush(&rows, entry, within: within, meter: meter, into: &result)
        }
        rows.addSetting(of: row)
    }

    /// Whether a value is a file that is taken apart where it lies alone.
    private static func isOpened(_ value: Span<UInt8>) -> Bool {
        guard value.count >= shortestArchive else { return false }
        let form = FileForm(value)
        return form != .other && form != .program
    }

    private func open(
        _ column: Int, of row: SQLiteRow, called name: String, of entry: FileEntry, within: [String],
        meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) {
        let size = row.withBytes(column) { $0.count }
        let taken = memory.take(size)
        defer { memory.giveBack(taken) }
        guard taken == size else {
            return result.note(
                .sizeLimit, "SQLite: a value with files in it is not opened beside what takes the memory")
        }
        try meter.count(size, from: levels[0].window.watched)
        try inspect(
            part: name, of: entry, MemoryByteSource(row.bytes(column)), size: size, within: within,
            meter: meter, into: &result)
    }

    /// Whether the file that was read at `window` ends with this value.
    private func isAtEnd(_ column: Int, of row: SQLiteRow, _ window: WindowedByteSource) -> Bool {
        row.withBytes(column) { value in
            window.withEnding(value.count) { ending in
                ending.count == value.count && value.indices.allSatisfy { value[$0] == ending[$0] }
            }
        }
    }

    /// Looks at the text of the rows so far, and forgets it.
    private func flush(
        _ rows: inout DatabaseRows, _ entry: FileEntry, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws(ArchiveError) {
        defer { rows.text.clear() }
        try meter.count(rows.text.bytes.count, from: levels[0].window.watched)
        try inspect(rows.text, called: DatabaseRows.name, of: entry, within: within, into: &result)
    }
}
