internal import FoundationEssentials

/// A committed file that output is compared with, byte for byte.
///
/// With `RECORD=1` in the environment the file is written anew, and the comparison fails all the same, so that
/// no recording run is ever taken for a passing one.
package struct Golden: Sendable {
    /// Why output and golden are not equal; tests record it as an issue.
    package struct Difference: Error, CustomStringConvertible {
        package let description: String
    }

    /// Relative to the repository.
    package let folder: String
    private let isRecording: Bool
    private let root: String

    package init(folder: String) {
        self.init(
            folder: folder, root: RepositoryRoot.path,
            isRecording: ProcessInfo.processInfo.environment["RECORD"] == "1")
    }

    /// For the tests of the goldens themselves.
    package init(folder: String, root: String, isRecording: Bool) {
        self.folder = folder
        self.root = root
        self.isRecording = isRecording
    }

    /// Throws unless the golden `name` has exactly these bytes.
    package func compare(_ bytes: [UInt8], with name: String) throws(Difference) {
        let file = URL(filePath: "\(root)/\(folder)/\(name)")
        if isRecording { throw record(bytes, file, name) }
        guard let golden = try? Data(contentsOf: file) else {
            throw Difference(description: "no golden \(folder)/\(name); RECORD=1 writes it")
        }
        let wanted = Array(golden)
        guard wanted != bytes else { return }
        throw Difference(description: "\(folder)/\(name): \(Self.firstDifference(wanted, bytes))")
    }

    /// Throws unless the golden `name` has exactly this text.
    package func compare(_ text: String, with name: String) throws(Difference) {
        try compare(Array(text.utf8), with: name)
    }

    /// Throws if the folder holds files that are none of `names`: goldens nothing compares with any more.
    package func requireNoOthers(than names: some Sequence<String>) throws(Difference) {
        let known = Set(names)
        let others = files().filter { !known.contains($0) }
        guard !others.isEmpty else { return }
        if isRecording {
            for name in others { try? FileManager.default.removeItem(atPath: "\(root)/\(folder)/\(name)") }
        }
        let list = others.joined(separator: ", ")
        throw Difference(
            description: "\(folder): unused goldens \(isRecording ? "removed" : "present"): \(list)")
    }

    /// Every file below the folder, by its path inside, sorted.
    package func files() -> [String] {
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
        return all.filter { name in
            var isFolder = false
            let exists = FileManager.default.fileExists(
                atPath: "\(root)/\(folder)/\(name)", isDirectory: &isFolder)
            return exists && !isFolder
        }.sorted()
    }

    private func record(_ bytes: [UInt8], _ file: URL, _ name: String) -> Difference {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
            return Difference(description: "recorded \(folder)/\(name); run again without RECORD=1")
        } catch {
            return Difference(description: "cannot record \(folder)/\(name): \(error)")
        }
    }

    private static func firstDifference(_ wanted: [UInt8], _ got: [UInt8]) -> String {
        let newline = UInt8(ascii: "\n")
        let wantedLines = wanted.split(separator: newline, omittingEmptySubsequences: false)
        let gotLines = got.split(separator: newline, omittingEmptySubsequences: false)
        let index = zip(wantedLines, gotLines).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let line = index ?? min(wantedLines.count, gotLines.count)
        return """
            first difference in line \(line + 1)
              golden: \(excerpt(wantedLines, line))
              output: \(excerpt(gotLines, line))
            """
    }

    private static func excerpt(_ lines: [ArraySlice<UInt8>], _ index: Int) -> String {
        guard index < lines.count else { return "(no such line)" }
        return String(String(decoding: lines[index], as: UTF8.self).prefix(400))
    }
}
