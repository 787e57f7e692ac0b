import FoundationEssentials
import Testing

/// The direction of the flow: SwiftPM does not enforce it, so this does.
struct ImportTableTests {
    /// What each target may import of ours and of others; Swift's own modules are free to all.
    static let allowed: [String: Set<String>] = [
        "EmbedTool": ["YAMLDocuments"], "EmbedPlugin": ["PackagePlugin"],
        "BuiltinPolicies": [], "BuiltinTemplates": [],
        "Model": [],
        "YAMLDocuments": ["CLibYAML"],
        "XMLDocuments": ["CLibXML2"],
        "TOMLDocuments": ["CTOML"],
        "JSONDocuments": [],
        "Patterns": ["CPCRE2"],
        "Cryptography": ["CLibCrypto"],
        "SQLiteDatabases": ["CSQLite"],
        "Archives": ["CLibArchive", "CISAL"],
        "HTTP": ["Archives", "CLibCurl"],
        "PolicyLoading": ["Model", "YAMLDocuments", "TOMLDocuments", "Patterns"],
        "ImageReading": ["Model", "Cryptography", "Archives", "HTTP"],
        "ImageWriting": ["Cryptography", "Archives"],
        "Detection": ["Model", "Cryptography", "Patterns", "CVectorscan"],
        "ResultImporting": ["Model", "XMLDocuments"],
        "Evaluation": ["Model"],
        "Reporting": [
            "Model", "XMLDocuments", "JSONDocuments", "Cryptography", "Mustache", "BuiltinTemplates",
        ],
        "Bundling": ["Model", "JSONDocuments", "Cryptography", "Archives"],
        "Pipeline": [
            "Model", "PolicyLoading", "ImageReading", "Archives", "Detection", "ResultImporting",
            "Evaluation", "Reporting", "Bundling", "JSONDocuments", "Cryptography", "SQLiteDatabases",
            "BuiltinPolicies",
        ],
        "palimpsest": ["Pipeline", "Model", "ArgumentParser"],
        "DemoImage": ["ImageWriting", "Archives", "Cryptography"],
    ]

    static let toolchain: Set<String> = [
        "Foundation", "FoundationEssentials", "Synchronization", "Glibc", "Dispatch",
    ]

    @Test(
        "every import is one the table allows",
        arguments: try SourceTree.swiftFiles(below: "Sources", "Policies", "Templates"))
    func importIsAllowed(_ file: SourceTree.File) throws {
        let allowed = try #require(Self.allowed[file.target], "\(file.target) is not in the table")
        for module in file.imports where !Self.toolchain.contains(module) {
            #expect(allowed.contains(module), "\(file.path) imports \(module), which \(file.target) may not")
        }
    }

    @Test("what the table allows is imported, so it hides no way that nobody goes")
    func tableIsNoWider() throws {
        var imported: [String: Set<String>] = [:]
        for file in try SourceTree.swiftFiles(below: "Sources", "Policies", "Templates") {
            imported[file.target, default: []].formUnion(file.imports)
        }
        for (target, allowed) in Self.allowed {
            let unused = allowed.subtracting(imported[target] ?? [])
            #expect(unused.isEmpty, "\(target) may import \(unused.sorted()) and does not")
        }
    }

    @Test(
        "what a target imports of ours it declares in Package.swift, or a fresh build fails when another comes first"
    )
    func importsAreDeclared() throws {
        let manifest = try String(contentsOfFile: SourceTree.root + "/Package.swift", encoding: .utf8)
        let declaration =
            #/(?:arget|plugin)\(\s*name: "(?<name>[^"]+)"(?:,\s*dependencies: \[(?<list>[^\]]*)\])?/#
        let declared = Dictionary(
            manifest.matches(of: declaration).map { target in
                let names = (target.list ?? "").split(separator: "\"").filter { $0.allSatisfy(\.isLetter) }
                return (String(target.name), Set(names.map(String.init)))
            }, uniquingKeysWith: { $0.union($1) })
        #expect(declared.count > 40)
        for file in try SourceTree.swiftFiles(below: "Sources", "Tests") {
            // The demo's target has not the name of its folder.
            guard let own = declared[file.target == "DemoImage" ? "demo-image" : file.target] else {
                Issue.record("\(file.target) is not in Package.swift")
                continue
            }
            let missing = Set(file.imports).intersection(declared.keys).subtracting(own)
            #expect(missing.isEmpty, "\(file.path) imports \(missing.sorted()), which it does not declare")
        }
    }

    @Test("every C library is imported by one module only")
    func onlyOneModuleForEachLibrary() throws {
        var importers: [String: Set<String>] = [:]
        for file in try SourceTree.swiftFiles(below: "Sources") {
            for module in file.imports where module.hasPrefix("C") && Self.allowed[module] == nil {
                importers[module, default: []].insert(file.target)
            }
        }
        for (library, targets) in importers {
            #expect(targets.count == 1, "\(library) is imported by \(targets.sorted())")
        }
    }

    @Test(
        "unsafe lines stand only in modules that own a C library, and in files that call the system's own"
    )
    func unsafeStaysBesideItsLibrary() throws {
        let owners = Set(
            Self.allowed.filter { $0.value.contains { $0.hasPrefix("C") && $0 != "Cryptography" } }.keys)
        for file in try SourceTree.swiftFiles(below: "Sources")
        where !owners.contains(file.target) && !file.imports.contains("Glibc") {
            let unsafeLines = file.lines.indices.filter { index in
                let code = file.lines[index].prefix { $0 != "/" }
                return code.split(whereSeparator: { !$0.isLetter }).contains("unsafe")
                    || code.contains("Unsafe")
            }
            #expect(unsafeLines.isEmpty, "\(file.path):\((unsafeLines.first ?? 0) + 1) is unsafe")
        }
    }
}
