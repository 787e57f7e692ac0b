internal import Model

/// Trivy's JSON, of images and of file systems.
///
/// Never read: `Match` and `Code`, whose context lines may hold a second secret in plain text, and `ImageConfig`.
struct TrivyImporter: Importer {
    let id = "trivy"
    let title = "Trivy JSON"
    let reach: Set<EvidenceClass> = [.vulnerabilities, .misconfigurations, .secrets, .components]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("SchemaVersion") && (sketch.has("ArtifactName") || sketch.has("Results"))
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        var isScan = false
        let isObject = try reader.object { key throws(ImportError) in
            switch key {
            case "SchemaVersion":
                isScan = true
                if try reader.value()?.number != 2 {
                    log.results.troubles.append("of a schema that is not known")
                }
            case "Trivy": log.results.version = try reader.value()?["Version"]?.text
            case "ArtifactName": log.results.target.name = try reader.word()
            case "Metadata": metadata(try reader.value(dropping: ["ImageConfig"]) ?? .null, &log)
            case "Results" where try reader.peek() == UInt8(ascii: "["):
                try reader.list { _ throws(ImportError) in
                    let start = reader.place
                    if try !TrivyResult.read(reader, into: &log) {
                        log.addFault(at: start, "result: no object")
                    }
                }
            default: try reader.skip()
            }
        }
        try reader.end()
        guard isObject, isScan else {
            throw ImportError(code: .malformed, place: "", reason: "no document of Trivy's")
        }
        guard log.results.provides.isEmpty else { return }
        // Trivy names what it looked into, also where it found nothing there.
        log.results.provides = [.vulnerabilities]
        log.results.troubles.append("does not say what it looked for")
    }

    private func metadata(_ metadata: JSONValue, _ log: inout ImportLog) {
        if let image = metadata["ImageID"]?.text { log.results.target.images.append(image) }
        log.results.target.layers = metadata["DiffIDs"]?.list.compactMap(\.text) ?? []
        log.results.target.manifests =
            metadata["RepoDigests"]?.list.compactMap { ImportedTarget.digest(in: $0.text) } ?? []
    }
}
