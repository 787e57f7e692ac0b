import FoundationEssentials

/// Writes a Swift file that holds the text of every data file below a folder, keyed by path.
///
/// Usage: `EmbedTool FOLDER OUTPUT`. Files that are Swift or hidden are left out; order is by path, so the same
/// folder gives the same file.
@main
struct EmbedTool {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { throw Misuse() }
        let folder = arguments[1]
        var output = "enum EmbeddedFiles {\n    static let all: [(path: String, text: String)] = [\n"
        for path in try dataFiles(in: folder) {
            let text = try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
            output += "        (\"\(path)\", \(literal(text))),\n"
        }
        output += "    ]\n}\n"
        try output.write(toFile: arguments[2], atomically: true, encoding: .utf8)
    }

    private struct Misuse: Error, CustomStringConvertible {
        let description = "usage: EmbedTool FOLDER OUTPUT"
    }

    private static func dataFiles(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder)
            .filter { path in
                var isFolder = false
                let exists = FileManager.default.fileExists(
                    atPath: folder + "/" + path, isDirectory: &isFolder)
                return exists && !isFolder && !path.hasSuffix(".swift") && !path.contains("/.")
                    && !path.hasPrefix(".")
            }
            .sorted()
    }

    /// A raw string literal with as many `#` as it takes for the text not to end it.
    private static func literal(_ text: String) -> String {
        var fence = "#"
        while text.contains("\"\"\"" + fence) || text.contains("\\" + fence) { fence += "#" }
        return fence + "\"\"\"\n" + text + "\n\"\"\"" + fence
    }
}
