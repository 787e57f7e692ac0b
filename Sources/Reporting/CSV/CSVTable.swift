/// A table as RFC 4180 has it, of which no cell is a formula.
///
/// Every cell is in quotes. One that a spreadsheet might take for a formula, also after spaces and in full-width signs,
/// begins with an apostrophe: spreadsheets show what follows as text.
struct CSVTable {
    private let columns: [SafeText]
    private(set) var bytes: [UInt8] = []

    init(columns: [SafeText]) {
        self.columns = columns
        append(columns)
    }

    /// Adds a row by its columns' names; what is not named stays empty.
    mutating func add(_ cells: [SafeText: SafeText]) { append(columns.map { cells[$0] ?? .empty }) }

    private mutating func append(_ cells: [SafeText]) {
        let line = cells.map { "\"\(Self.harmless($0.text).replacing(signs: "\"", with: "\"\""))\"" }
        bytes += Array((line.joined(separator: ",") + "\r\n").utf8)
    }

    /// Signs with which a formula begins, and what imports split cells at or strip.
    private static let signs = Set("=+-@|%\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}\u{2212}\"';,".unicodeScalars)

    private static func harmless(_ text: String) -> String {
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
        return first.map { signs.contains($0) && text != "-" } == true ? "'" + text : text
    }
}
