import FoundationEssentials
import YAMLDocuments

/// Writes a Swift file that holds the text of every data file below a folder, keyed by path, and the tree of those that are
/// YAML, so that reading them takes no parser.
///
/// Usage: `EmbedTool FOLDER OUTPUT`. Files that are Swift or hidden are left out; order is by path, so the same
/// folder gives the same file.
@main
struct EmbedTool {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { throw Misuse() }
        let folder = arguments[1]
        var output =
            "enum EmbeddedFiles {\n    static let all: [(path: String, text: String, tree: String?)] = [\n"
        for path in try dataFiles(in: folder) {
            let text = try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
            output += "        (\"\(path)\", \(literal(text)), \(tree(of: text, path) ?? "nil")),\n"
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

    /// The literal for the tree of what is YAML; nil for what is not, or has a mistake, which whoever loads it is told.
    private static func tree(of text: String, _ path: String) -> String? {
        guard path.hasSuffix(".yaml"), let document = try? YAMLDocument.parse(Array(text.utf8), file: path)
        else { return nil }
        return "\"" + document.root.packed.unicodeScalars.map { $0.escaped(asASCII: false) }.joined() + "\""
    }

    /// A raw string literal with as many `#` as it takes for the text not to end it.
    private static func literal(_ text: String) -> String {
        var fence = "#"
        while text.contains("\"\"\"" + fence) || text.contains("\\" + fence) { fence += "#" }
        return fence + "\"\"\"\n" + text + "\n\"\"\"" + fence
    }
}
