import Archives
import Detection
import Model
import SQLiteDatabases

extension FileInspection {
    /// What a log has before the first page.
    private static let logHeader = 32

    /// Looks at the rows that a database has once its log is worked into it, and that it has not without.
    ///
    /// The log has whole pages, and which of them count SQLite knows. Where the database does not stand right before it in
    /// the layer, only those tables can be read that lie in the log as a whole.
    func openLog(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws {
        let held = within.isEmpty && heldDatabase?.isLog(entry.path) == true ? heldDatabase : nil
        if within.isEmpty { heldDatabase = nil }
        var taken = memory.take(Self.databaseMemory + SQLiteDatabase.heapLimit)
        defer { memory.giveBack(taken) }
        let room = taken - SQLiteDatabase.heapLimit
        let log = room > 0 ? try PackedBytes.read(window, largest: Self.largestDatabase, memory: room) : nil
        try window.finish()
        guard let log, within.count < limit.depth else {
            return result.note(
                .searchedAsStored, "log of an SQLite database: too large or too deep inside others")
        }
        memory.giveBack(room - log.weight)
        taken -= room - log.weight
        guard log.count > Self.logHeader else { return }
        var found = Result()
        if let held {
            _ = openRows(of: held.bytes, log: log, entry, within: within, meter: meter, into: &found)
            result.add(held.unseen(found.sightings))
            result.note(found.gaps)
        } else {
            _ = openRows(of: EmptyDatabase(log), log: log, entry, within: within, meter: meter, into: &found)
            result.add(found.sightings)
            guard !found.gaps.isEmpty else { return }
            result.note(
                meter.exceeded ?? .searchedAsStored,
                "log of an SQLite database that does not stand right before it")
        }
    }
}

/// One page of zeros, as large as those of a log: what a database is of which nothing is known but the log.
private final class EmptyDatabase: DatabaseBytes {
    let count: Int

    init(_ log: PackedBytes) {
        var size: [UInt8] = [0, 0, 0, 0]
        var room = size.mutableSpan
        let isKnown = log.read(at: 8, into: &room)
        let wanted = size.reduce(0) { $0 << 8 | Int($1) }
        count = isKnown && (512...65_536).contains(wanted) ? wanted : 4_096
    }

    func read(at offset: Int, into buffer: inout MutableSpan<UInt8>) -> Bool {
        buffer.update(repeating: 0)
        return true
    }
}
