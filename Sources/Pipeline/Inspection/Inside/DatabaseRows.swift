import SQLiteDatabases

/// The rows of a database as text that rules know their way in: each value behind the name of its column.
struct DatabaseRows {
    /// What rules that go by paths see.
    static let name = "rows"
    /// Longer values are looked at by themselves.
    private static let longest = 64 << 10
    /// What is kept of the name of a table or a column, which may be a mebibyte long.
    private static let longestName = 120
    /// Columns of tables of settings, which hold the name of what another column holds.
    private static let names: Set<String> = [
        "k", "key", "name", "option", "option_name", "setting", "setting_name", "setting_key", "variable",
        "property", "parameter", "param", "attribute", "config_key", "conf_key", "meta_key",
    ]
    private static let values: Set<String> = [
        "v", "value", "val", "data", "content", "option_value", "setting_value", "config_value",
        "meta_value",
    ]

    var text = PartedText()
    /// Whether the file ends with a value that was opened: the first one of a page stands at its end.
    var holdsEnd = false
    /// The names of the table's columns.
    private(set) var columns: [String] = []
    /// Of each column, with its table.
    private var labels: [String] = []
    private var row = 0
    private var nameColumn: Int?
    private var valueColumn: Int?

    mutating func begin(_ table: SQLiteTable) {
        row = 0
        let name = table.name.prefix(Self.longestName)
        columns = table.columns.map { String($0.prefix(Self.longestName)) }
        labels = columns.map { "\(name).\($0)" }
        nameColumn = table.columns.firstIndex { Self.names.contains($0.lowercased()) }
        valueColumn = table.columns.firstIndex { Self.values.contains($0.lowercased()) }
    }

    /// Where the value of `column` in the last row is.
    func place(_ column: Int) -> String { "\(labels[column]) row \(row)" }

    /// Goes on to the next row, whose values are to be added one by one.
    mutating func next() { row += 1 }

    /// Adds the value of `column` behind its name; false where it is too long to stand in the text.
    mutating func add(_ column: Int, of row: SQLiteRow) -> Bool {
        guard row.withBytes(column, { $0.count }) <= Self.longest else { return false }
        text.begin(labels[column], number: self.row)
        append(columns[column].utf8, column, of: row)
        return true
    }

    /// Adds what the row sets to what it says is the name of that, if it is one of a table of settings.
    mutating func addSetting(of row: SQLiteRow) {
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
