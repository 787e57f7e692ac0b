import Archives
import Detection
import Model

extension FileInspection {
    /// What a program's end has room for at the most that is looked through for such a table.
    private static let longestTable = 4 << 20

    /// Tells of the parts of a program that PyInstaller made by the names in its table, which stands behind them all, and of
    /// those in it that were not found on the way there.
    func holdAgainstTable(
        _ streams: Set<Int>, in window: WindowedByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) {
        let size = window.watched
        let table = window.withEnding(Self.longestTable) { PyInstallerTable($0, size: size) }
        guard let parts = table?.parts else { return }
        var names: [String: String] = [:]
        var missed = 0
        for part in parts where part.isCompressed && part.length > 0 {
            names[Self.title(ofZlibAt: part.place)] = part.name
            if !streams.contains(part.place) { missed += 1 }
        }
        result.rename(names, at: within.count)
        guard missed > 0, meter.exceeded == nil else { return }
        let detail = "PyInstaller: \(missed) of the \(parts.count) parts in its table were not opened"
        result.note(.unreadable, detail)
    }
}
