import FoundationEssentials
import Testing

/// Compares bytes with a file below `reports/samples/`; with `RECORD=1` it writes the file, and then fails.
enum Golden {
    static let folder = repository + "/reports/samples"
    static let repository = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    static func expect(_ bytes: [UInt8], at path: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let file = URL(filePath: folder + "/" + path)
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            let parent = file.deletingLastPathComponent()
            try? FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            do {
                try Data(bytes).write(to: file)
                Issue.record("recorded \(path); run again without RECORD", sourceLocation: sourceLocation)
            } catch {
                Issue.record("could not record \(path): \(error)", sourceLocation: sourceLocation)
            }
            return
        }
        let wanted = (try? Data(contentsOf: file)).map { Array($0) }
        #expect(
            wanted == bytes, "reports/samples/\(path) differs; RECORD=1 records it anew",
            sourceLocation: sourceLocation)
    }
}
