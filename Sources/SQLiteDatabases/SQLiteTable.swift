/// A table that is stored in the file, and the columns that are stored in it.
package struct SQLiteTable: Hashable, Sendable {
    package let name: String
    package let columns: [String]

    package init(name: String, columns: [String]) {
        self.name = name
        self.columns = columns
    }
}
