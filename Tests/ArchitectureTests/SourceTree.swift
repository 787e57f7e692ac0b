import FoundationEssentials
import TestSupport

/// The repository's files as these tests read them.
enum SourceTree {
    /// The folder that holds `Package.swift`.
    static let root = RepositoryRoot.path

    /// One Swift file.
    struct File: CustomStringConvertible {
        /// From the root: `Sources/Model/Finding.swift`.
        let path: String
        let lines: [Substring]

        /// The folder below `Sources` or `Tests`, or the top folder itself for embedded data.
        var target: String {
            let parts = path.split(separator: "/")
            return parts[0] == "Policies" || parts[0] == "Templates" ? "Builtin" + parts[0] : String(parts[1])
        }

        /// The modules it imports; an indented line is one only below `#if`, so that text in literals is not taken for one.
        var imports: [String] {
            lines.compactMap { line in
                var words = line.split(separator: " ")[...]
                if let first = words.first, Self.accessLevels.contains(first) { words = words.dropFirst() }
                let isDeclaration = words.count == 2 && words.first == "import"
                guard isDeclaration, let module = words.last, module.allSatisfy(\.isLetterOrDigit) else {
                    return nil
                }
                let isTopLevel = !line.hasPrefix(" ")
                return isTopLevel || lines.contains { $0.hasPrefix("#if canImport(\(module))") }
                    ? String(module) : nil
            }
        }

        private static let accessLevels: Set<Substring> = [
            "package", "internal", "public", "private", "fileprivate",
        ]

        var description: String { path }
    }

    /// Every Swift file below these folders, in the order of their paths.
    static func swiftFiles(below folders: String...) throws -> [File] {
        try folders.flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder)
                .filter { $0.hasSuffix(".swift") }
                .sorted()
                .map { path in
                    let text = try String(contentsOfFile: "\(root)/\(folder)/\(path)", encoding: .utf8)
                    return File(
                        path: "\(folder)/\(path)",
                        lines: text.split(separator: "\n", omittingEmptySubsequences: false))
                }
        }
    }

    /// The names in one folder, without their `.swift`.
    static func swiftNames(in folder: String) throws -> Set<String> {
        let names = try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)
        return Set(names.filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) })
    }
}

extension Character {
    fileprivate var isLetterOrDigit: Bool { isLetter || isNumber }
}
