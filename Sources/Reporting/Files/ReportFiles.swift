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

    /// The reports in `folder` that are in none of these formats, so that another run wrote them.
    package static func others(in folder: String, than formats: [any ReportFormat]) -> [String] {
        let written = Set(formats.map(\.fileName))
        return ReportFormats.all.map(\.fileName).filter { name in
            !written.contains(name) && ReportDraft.isFile("\(folder)/\(name)")
        }
    }

    /// Writes the files into `folder`, which is made where it is missing, and gives their paths.
    ///
    /// None has its name before all are whole, so no reader ever sees half of a report.
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
        let folder = try ReportFolder(folder)
        do throws(ReportError) {
            return try publish(try await drafts(of: report, formats, in: folder.path))
        } catch {
            folder.discard()
            throw error
        }
    }

    private static func drafts(
        of report: Report, _ formats: [any ReportFormat], in folder: String
    ) async throws(ReportError) -> [ReportDraft] {
        let results = await withTaskGroup(of: (Int, Result<ReportDraft, ReportError>).self) { group in
            for (position, format) in formats.enumerated() {
                group.addTask {
                    let draft = Result { () throws(ReportError) in
                        try ReportDraft(format.fileName, in: folder) { (sink) throws(ReportError) in
                            try format.write(report, to: sink)
                        }
                    }
                    return (position, draft)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var drafts: [ReportDraft] = []
        for (_, draft) in results.sorted(by: { $0.0 < $1.0 }) { drafts.append(try draft.get()) }
        return drafts
    }

    /// Writes files of these names, one after the other; `content` hands on what is in the one at a position.
    @discardableResult
    static func save(
        _ names: [String], in folder: String,
        content: @escaping (Int, ReportSink) throws(ReportError) -> Void
    ) throws(ReportError) -> [String] {
        let folder = try ReportFolder(folder)
        do throws(ReportError) {
            var drafts: [ReportDraft] = []
            for (position, name) in names.enumerated() {
                drafts.append(
                    try ReportDraft(name, in: folder.path) { (sink) throws(ReportError) in
                        try content(position, sink)
                    })
            }
            return try publish(drafts)
        } catch {
            folder.discard()
            throw error
        }
    }

    /// Puts all of them at their places, or none, and hands on their paths.
    private static func publish(_ drafts: [ReportDraft]) throws(ReportError) -> [String] {
        for (position, draft) in drafts.enumerated() {
            do throws(ReportError) {
                try draft.publish()
            } catch {
                for published in drafts[..<position] { published.withdraw() }
                throw error
            }
        }
        return drafts.map(\.place)
    }
}
