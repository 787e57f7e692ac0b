internal import CSQLite

/// The row at hand; good until the next one is asked for.
@safe package struct SQLiteRow {
    /// What a column holds.
    package enum Kind: Sendable {
        case null, integer, real, text, blob
    }

    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) { unsafe self.statement = statement }

    package func kind(_ column: Int) -> Kind {
        switch unsafe sqlite3_column_type(statement, CInt(column)) {
        case SQLITE_INTEGER: .integer
        case SQLITE_FLOAT: .real
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .blob
        default: .null
        }
    }

    package func integer(_ column: Int) -> Int {
        unsafe Int(truncatingIfNeeded: sqlite3_column_int64(statement, CInt(column)))
    }

    /// The bytes of a text, as UTF-8 whatever the database stores, or of a blob; a number as text.
    package func withBytes<Result, Failure: Error>(
        _ column: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let index = CInt(column)
        let isBlob = kind(column) == .blob
        let start =
            isBlob
            ? unsafe sqlite3_column_blob(statement, index)
            : unsafe UnsafeRawPointer(sqlite3_column_text(statement, index))
        let count = unsafe Int(sqlite3_column_bytes(statement, index))
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
        return try body(unsafe Span<UInt8>(_unsafeBytes: bytes))
    }

    /// The same as an array.
    package func bytes(_ column: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        append(column, to: &bytes)
        return bytes
    }

    /// Adds the same to `bytes`.
    package func append(_ column: Int, to bytes: inout [UInt8]) {
        withBytes(column) { span in
            unsafe span.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        }
    }
}
