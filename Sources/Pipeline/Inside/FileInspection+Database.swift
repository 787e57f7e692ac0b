import Archives
import Detection
import Model
import SQLiteDatabases

extension FileInspection {
    /// What a database and SQLite's own memory may take together.
    private static let databaseMemory = largestDatabase + 8 << 20
    static let largestDatabase = 16 << 20
    /// So much text of rows is looked at together.
    private static let batch = 512 << 10

    /// Looks at the rows of an SQLite database, whose bytes were searched as they are.
    ///
    /// In those a long value lies in pieces, a value and the name of its column apart, and text may be UTF-16.
    func openDatabase(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws {
        let taken = memory.take(Self.databaseMemory)
        defer { memory.giveBack(taken) }
        let bytes = try Self.collect(window, size: entry.size, limit: Self.largestDatabase)
        try window.finish()
        guard within.count < limit.depth else {
            result.gaps.append((.depthLimit, "SQLite database inside \(within.count) others"))
            return
        }
        guard var bytes, taken == Self.databaseMemory else {
            let reason =
                taken == Self.databaseMemory
                ? "of more than \(Self.largestDatabase >> 20) MiB" : "beside others that take the memory"
            result.gaps.append((.searchedAsStored, "SQLite database \(reason)"))
            return
        }
        var rows = DatabaseRows()
        do throws(SQLiteError) {
            try SQLiteDatabase.read(&bytes) { database throws(SQLiteError) in
                for table in try database.tables() {
                    rows.begin(table)
                    let isPackages =
                        within.isEmpty && PackageReader.isRPM(entry.path) && table.name == "Packages"
                    let header = isPackages ? table.columns.firstIndex(of: "blob") : nil
                    do throws(SQLiteError) {
                        try database.rows(of: table) { row throws(SQLiteError) in
                            if let header { row.withBytes(header) { packages.addRPM(header: $0) } }
                            do throws(ArchiveError) {
                                try inspect(
                                    row, of: &rows, entry, within: within, meter: meter, into: &result)
                            } catch {
                                throw SQLiteError(.tooLarge, error.description)
                            }
                        }
                    } catch {
                        guard error.code == .malformed else { throw error }
                        result.gaps.append((.malformedArchive, "SQLite: \(error)"))
                    }
                }
            }
        } catch {
            let reason: GapReason =
                meter.exceeded ?? (error.code == .malformed ? .malformedArchive : .searchedAsStored)
            result.gaps.append((reason, "SQLite: \(error)"))
        }
        try inspect(rows.text, called: DatabaseRows.name, of: entry, within: within, into: &result)
    }

    private func inspect(
        _ row: SQLiteRow, of rows: inout DatabaseRows, _ entry: FileEntry, within: [String],
        meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) {
        let before = rows.text.bytes.count
        rows.add(row)
        for column in rows.longColumns {
            try row.withBytes(column) { span throws(ArchiveError) in
                try meter.count(span.count, from: levels[0].window.watched)
                try inspect(span, called: rows.place(column), of: entry, within: within, into: &result)
            }
        }
        try meter.count(rows.text.bytes.count - before, from: levels[0].window.watched)
        guard rows.text.weight > Self.batch else { return }
        try inspect(rows.text, called: DatabaseRows.name, of: entry, within: within, into: &result)
        rows.text.clear()
    }
}
