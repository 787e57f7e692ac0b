import SQLiteDatabases

/// The rows of a database as text that rules know their way in: each value behind the name of its column.
struct DatabaseRows {
    /// What rules that go by paths see.
    static let name = "rows"
    /// Longer values are looked at by themselves.
    private static let longest = 64 << 10
    /// Columns of tables of settings, which hold the name of what another column holds.
    private static let names: Set<String> = [
        "key", "name", "option", "option_name", "setting", "variable", "property", "parameter", "config_key",
        "meta_key",
    ]
    private static let values: Set<String> = [
        "value", "val", "data", "content", "option_value", "setting_value", "config_value", "meta_value",
    ]

    var text = PartedText()
    /// The columns of the last row that are too long to stand in the text.
    private(set) var longColumns: [Int] = []
    private var table = SQLiteTable(name: "", columns: [])
    private var labels: [Int] = []
    private var row = 0
    private var nameColumn: Int?
    private var valueColumn: Int?

    mutating func begin(_ table: SQLiteTable) {
        self.table = table
        row = 0
        labels = table.columns.map { text.label("\(table.name).\($0)") }
        nameColumn = table.columns.firstIndex { Self.names.contains($0.lowercased()) }
        valueColumn = table.columns.firstIndex { Self.values.contains($0.lowercased()) }
    }

    /// Where the value of `column` in the last row is.
    func place(_ column: Int) -> String { "\(table.name).\(table.columns[column]) row \(row)" }

    mutating func add(_ row: SQLiteRow) {
        self.row += 1
        longColumns.removeAll(keepingCapacity: true)
        for column in table.columns.indices {
            let kind = row.kind(column)
            guard kind == .text || kind == .blob else { continue }
            guard row.withBytes(column, { $0.count }) <= Self.longest else {
                longColumns.append(column)
                continue
            }
            text.begin(labels[column], number: self.row)
            append(table.columns[column].utf8, column, of: row)
        }
        guard let nameColumn, let valueColumn, row.kind(nameColumn) == .text, row.kind(valueColumn) == .text
        else {
            return
        }
        let name = row.bytes(nameColumn)
        guard name.count <= 100, row.withBytes(valueColumn, { $0.count }) <= Self.longest else { return }
        text.begin(labels[valueColumn], number: self.row)
        append(name, valueColumn, of: row)
    }

    private mutating func append(_ name: some Sequence<UInt8>, _ column: Int, of row: SQLiteRow) {
        let isText = row.kind(column) == .text
        if isText {
            text.append(name)
            text.append(" = \"".utf8)
        }
        text.append { row.append(column, to: &$0) }
        text.append(isText ? "\"\n".utf8 : "\n\0\n".utf8)
    }
}
