internal import Glibc

/// The folder of reports, and what had to be made for it.
struct ReportFolder {
    let path: String
    /// Folders that were not there, the outermost first.
    private let made: [String]

    /// Makes it and those above it where they are missing.
    init(_ path: String) throws(ReportError) {
        self.path = path
        var missing: [String] = []
        var above = path
        while !above.isEmpty, unsafe access(above, F_OK) != 0 {
            missing.insert(above, at: 0)
            guard let slash = above.lastIndex(of: "/"), slash != above.startIndex else { break }
            above = String(above[..<slash])
        }
        made = missing
        for (position, folder) in missing.enumerated() where unsafe mkdir(folder, 0o755) != 0 {
            let reason = unsafe String(cString: strerror(errno)).lowercased()
            for made in missing[..<position].reversed() { _ = unsafe rmdir(made) }
            throw ReportError(
                code: .folder, place: path, reason: "the folder for the reports could not be made",
                underlying: reason)
        }
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw ReportError(
                code: .folder, place: path, reason: "the place for the reports is not a folder")
        }
    }

    /// Takes away what was made for it and holds nothing.
    func discard() {
        for folder in made.reversed() { _ = unsafe rmdir(folder) }
    }
}
