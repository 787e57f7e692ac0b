import Model

/// Where the reports of each image of a run go, so that no image's replace those of another.
struct ReportFolders {
    /// The folder of all of them; nil for standard output.
    private let root: String?
    private var taken: Set<String> = []

    init(_ selection: ReportSelection) { root = selection.folder }

    /// What the folder of the next image is called, below the folder of all; nil for standard output, which is for an only
    /// image: documents behind one another are none that a program could read.
    mutating func next(for image: ImageFacts, isOnlyImage: Bool) throws(AuditError) -> String? {
        guard root != nil else {
            guard isOnlyImage else {
                throw AuditError(
                    code: .unwritableOutput, place: "standard output",
                    reason: "takes the report of one image, and there are several")
            }
            return nil
        }
        let name = image.folderName
        var choice = name
        var count = 1
        while !taken.insert(choice).inserted {
            count += 1
            choice = "\(name)-\(count)"
        }
        return choice
    }
}
