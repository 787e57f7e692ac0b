import FoundationEssentials
import Model
import Reporting

/// How pages are laid out: with the built-in templates, or with those of a folder in their place.
struct ReportLayout {
    /// No template is as long as that.
    private static let largest = 4 << 20

    /// Nil for the built-in ones.
    let given: GivenTemplates?
    /// The words of the command line that say so.
    let words: [String]

    /// Reads and checks the templates that `reports` ask for, and has the built-in ones ready where pages are wanted.
    init(_ reports: ReportSelection) throws(AuditError) {
        guard let folder = reports.templates else {
            if reports.formats.contains("html") { TemplateLibrary.prepare() }
            given = nil
            words = []
            return
        }
        words = ["--templates", folder]
        let files = try Self.files(in: folder)
        do {
            given = try GivenTemplates.load(files, from: folder)
        } catch {
            throw AuditError(code: .brokenTemplates, listing: error.reason)
        }
    }

    private static func files(
        in folder: String
    ) throws(AuditError) -> [(name: String, bytes: [UInt8])] {
        var files: [(name: String, bytes: [UInt8])] = []
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            for name in names.sorted() where !name.hasPrefix(".") {
                let path = "\(folder)/\(name)"
                let target = URL(filePath: path).resolvingSymlinksInPath()
                let attributes = try FileManager.default.attributesOfItem(atPath: target.path)
                // A pipe or a device might never end.
                guard attributes[.type] as? FileAttributeType == .typeRegular else {
                    throw AuditError(code: .brokenTemplates, place: path, reason: "is no file")
                }
                guard let size = attributes[.size] as? Int, size <= largest else {
                    throw AuditError(
                        code: .brokenTemplates, place: path, reason: "is too large for a template")
                }
                files.append((name, try Array(Data(contentsOf: target))))
            }
        } catch let error as AuditError {
            throw error
        } catch {
            throw AuditError(code: .brokenTemplates, place: folder, reason: FileFailure.words(error))
        }
        guard !files.isEmpty else {
            throw AuditError(code: .brokenTemplates, place: folder, reason: "holds no template")
        }
        return files
    }
}
