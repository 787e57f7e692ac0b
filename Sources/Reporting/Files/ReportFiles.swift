internal import FoundationEssentials
internal import Glibc

/// Writes reports into a folder: all of them or none.
package enum ReportFiles {
    package struct File: Sendable {
        package let name: String
        package let bytes: [UInt8]

        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// The report in each of these formats.
    package static func render(
        _ report: Report, formats: [any ReportFormat] = ReportFormats.all
    ) throws(ReportError) -> [File] {
        var files: [File] = []
        for format in formats { files.append(File(name: format.fileName, bytes: try format.write(report))) }
        return files
    }

    /// Writes the files into `folder`, which is made where it is missing, and gives their paths.
    ///
    /// Everything is written beside first and renamed when all is there, so no reader ever sees half of a report.
    /// After an error nothing of this report is left.
    @discardableResult
    package static func save(_ files: [File], in folder: String) throws(ReportError) -> [String] {
        try save(files.map(\.name), in: folder) { (position, sink) throws(ReportError) in
            try sink(files[position].bytes[...])
        }
    }

    /// Writes the report in each of these formats into `folder` in the same way, side by side, and keeps none.
    ///
    /// Where several fail, the error is that of the first format.
    @discardableResult
    package static func save(
        _ report: Report, formats: [any ReportFormat], in folder: String
    ) async throws(ReportError) -> [String] {
        let batch = try Batch(formats.map(\.fileName), in: folder)
        let failures = await withTaskGroup(of: (Int, ReportError)?.self) { group in
            for (position, format) in formats.enumerated() {
                group.addTask {
                    do throws(ReportError) {
                        try batch.write(position) { (sink) throws(ReportError) in
                            try format.write(report, to: sink)
                        }
                        return nil
                    } catch {
                        return (position, error)
                    }
                }
            }
            return await group.reduce(into: []) { failures, failure in
                failures += [failure].compactMap(\.self)
            }
        }
        if let first = failures.min(by: { $0.0 < $1.0 }) {
            batch.discard()
            throw first.1
        }
        return try batch.publish()
    }

    /// Writes files of these names, one after the other; `content` hands on what is in the one at a position.
    @discardableResult
    static func save(
        _ names: [String], in folder: String,
        content: @escaping (Int, ReportSink) throws(ReportError) -> Void
    ) throws(ReportError) -> [String] {
        let batch = try Batch(names, in: folder)
        do throws(ReportError) {
            for position in names.indices {
                try batch.write(position) { (sink) throws(ReportError) in try content(position, sink) }
            }
        } catch {
            batch.discard()
            throw error
        }
        return try batch.publish()
    }

    /// Files on their way into a folder.
    private struct Batch {
        private let files: [(temporary: String, final: String)]
        /// Folders that were not there, the outermost first.
        private let made: [String]

        init(_ names: [String], in folder: String) throws(ReportError) {
            files = names.map {
                ("\(folder)/.\($0).partial-\(getpid())", "\(folder)/\($0)")
            }
            made = try makeFolder(folder)
        }

        func write(
            _ position: Int, _ content: (ReportSink) throws(ReportError) -> Void
        ) throws(ReportError) {
            try checkFree(files[position].final)
            try ReportFile.write(
                to: files[position].temporary, shownAs: files[position].final, content)
        }

        /// Gives every file its name, or none, and hands on their paths.
        func publish() throws(ReportError) -> [String] {
            var renamed: [String] = []
            do throws(ReportError) {
                for file in files {
                    try ReportFile.rename(file.temporary, to: file.final)
                    renamed.append(file.final)
                }
            } catch {
                for path in renamed { ReportFile.remove(path) }
                discard()
                throw error
            }
            return renamed
        }

        func discard() {
            for file in files { ReportFile.remove(file.temporary) }
            for path in made.reversed() { ReportFile.removeFolder(path) }
        }
    }

    /// Makes the folder and those above it, and gives the ones that were not there, the outermost first.
    private static func makeFolder(_ folder: String) throws(ReportError) -> [String] {
        var missing: [String] = []
        var path = folder
        while !path.isEmpty, !FileManager.default.fileExists(atPath: path) {
            missing.insert(path, at: 0)
            guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { break }
            path = String(path[..<slash])
        }
        for (position, path) in missing.enumerated() {
            guard let reason = ReportFile.makeFolder(path) else { continue }
            for made in missing[..<position].reversed() { ReportFile.removeFolder(made) }
            throw ReportError(
                code: .folder, place: folder, reason: "the folder for the reports could not be made",
                underlying: reason)
        }
        var isFolder = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else {
            throw ReportError(
                code: .folder, place: folder, reason: "the place for the reports is not a folder")
        }
        return missing
    }

    private static func checkFree(_ path: String) throws(ReportError) {
        guard !ReportFile.isSpecial(path) else {
            throw ReportError(
                code: .occupied, place: path,
                reason: "could not be written: it is a device or a pipe, and no file")
        }
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else { return }
        throw ReportError(
            code: .occupied, place: path, reason: "could not be written: a folder of that name is in the way")
    }
}
