internal import Model

extension ReceiptRow {
    /// What another tool's results say of its run, and by what they are known to be about the image.
    static func coverage(_ imported: ImportFacts) -> SafeText {
        var parts: [SafeText] = [binding(imported.binding), "\(imported.findings, "finding")"]
        if imported.others > 0 { parts.append("\(imported.others) of no known kind") }
        if imported.suppressed > 0 { parts.append("\(imported.suppressed) suppressed") }
        if let components = imported.components { parts.append("\(components, "component")") }
        if let signatures = imported.signatures { parts.append("\(signatures, "signature")") }
        if let database = imported.database { parts.append("database of \(.cleaning(database, limit: 60))") }
        if let run = imported.run { parts.append("watched, exit status \(run.exitStatus)") }
        if !imported.skipped.isEmpty {
            parts.append("left out: \(.cleaning(imported.skipped.joined(separator: ", "), limit: 300))")
        }
        return .joined(parts, by: ", ")
    }

    private static func binding(_ binding: ImportFacts.Binding) -> SafeText {
        switch binding {
        case .digest: "names the image by digest"
        case .imageID: "names the image by its id"
        case .layers: "names the image's layers"
        case .assumed: "names no image and was taken to be about this one"
        case .unknown: "ends before it names an image"
        }
    }
}
