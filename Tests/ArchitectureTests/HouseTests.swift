import FoundationEssentials
import Testing

/// The shape of the house: what lies at the top, how long files are, what they may be called.
struct HouseTests {
    @Test("the top level holds what the design lists and nothing else")
    func topLevel() throws {
        let agreed: Set<String> = [
            "Package.swift", "Sources", "Tests", "Policies", "Templates", "reports", "README.md", "LICENSE",
            "CHANGELOG.md", "Makefile",
        ]
        let names = try FileManager.default.contentsOfDirectory(atPath: SourceTree.root)
            .filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
        #expect(Set(names) == agreed)
    }

    @Test("no source file is longer than 400 lines, no test file than 500")
    func lengths() throws {
        for file in try SourceTree.swiftFiles(below: "Sources", "Policies", "Templates") {
            #expect(file.lines.count <= 401, "\(file.path) has \(file.lines.count) lines")
        }
        for file in try SourceTree.swiftFiles(below: "Tests") {
            #expect(file.lines.count <= 501, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test("half of the source files stay below 110 lines, nine in ten below 300")
    func usualLength() throws {
        let lengths = try SourceTree.swiftFiles(below: "Sources").map(\.lines.count).sorted()
        #expect(lengths[lengths.count / 2] <= 110)
        #expect(lengths[lengths.count * 9 / 10] <= 300)
    }

    @Test(
        "no file or type is a drawer for leftovers",
        arguments: ["Utils", "Util", "Helpers", "Helper", "Common", "Manager"])
    func names(_ word: String) throws {
        for file in try SourceTree.swiftFiles(below: "Sources", "Tests") {
            let name = file.path.split(separator: "/").last ?? ""
            #expect(!name.contains(word), "\(file.path)")
            let declares = file.lines.contains { line in
                ["struct ", "class ", "enum ", "protocol ", "actor "].contains { line.contains($0 + word) }
            }
            #expect(!declares, "\(file.path) declares a \(word)")
        }
    }
}
