import FoundationEssentials
import Testing

/// One place to touch: a folder of implementations and the list that names them must agree.
struct RegistryTests {
    @Test(
        "every implementation in the folder is in the list",
        arguments: [
            ("Format", in: "Sources/Reporting/Formats", by: "Sources/Reporting/ReportFormats.swift"),
            (
                "Detector", in: "Sources/Detection/Detectors",
                by: "Sources/Detection/Detectors/Detectors.swift"
            ),
            (
                "Importer", in: "Sources/ResultImporting/Importers",
                by: "Sources/ResultImporting/Importers/Importers.swift"
            ),
        ])
    func isListed(suffix: String, folder: String, list: String) throws {
        let text = try String(contentsOfFile: SourceTree.root + "/" + list, encoding: .utf8)
        let named = Set(text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init))
        let implementations = try SourceTree.swiftNames(in: folder).filter { $0.hasSuffix(suffix) }
        #expect(!implementations.isEmpty)
        for name in implementations {
            #expect(named.contains(name), "\(folder)/\(name).swift is not in \(list)")
        }
    }

    @Test("every subcommand has a file, and is registered")
    func subcommands() throws {
        let root = try String(
            contentsOfFile: SourceTree.root + "/Sources/palimpsest/Palimpsest.swift", encoding: .utf8)
        let commands = try SourceTree.swiftNames(in: "Sources/palimpsest/Commands").filter {
            $0.hasSuffix("Command")
        }
        #expect(!commands.isEmpty)
        for command in commands {
            #expect(root.contains("\(command).self"), "\(command) is not registered")
        }
    }
}
