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
        var listsPackagesAlone = false
        let isObject = try reader.object { key throws(ImportError) in
            switch key {
            case "SchemaVersion":
                isScan = true
                if try reader.number("SchemaVersion", into: &log) != 2 {
                    log.addTrouble("of a schema that is not known")
                }
            case "Trivy": log.results.version = try reader.part("Trivy", into: &log)?["Version"]?.text
            case "ArtifactName": log.results.target.name = try reader.word()
            case "Metadata":
                if let facts = try reader.part("Metadata", dropping: ["ImageConfig"], into: &log) {
                    metadata(facts, &log.results.target)
                    if facts[path: "OS", "EOSL"]?.flag == true {
                        log.addSkipped(
                            "newer vulnerabilities of the distribution's packages, for which it ended its support"
                        )
                    }
                }
            case "Results" where try reader.peek() == UInt8(ascii: "["):
                try reader.list { _ throws(ImportError) in
                    let start = reader.place
                    guard let result = try TrivyResult.read(reader, into: &log) else {
                        return log.addFault(at: start, "result: no object")
                    }
                    log.results.provides.formUnion(result.provides)
                    listsPackagesAlone = listsPackagesAlone || result.listsPackagesAlone
                }
            default: try reader.skip()
            }
        }
        try reader.end()
        guard isObject, isScan else {
            throw ImportError(code: .malformed, place: "", reason: "no document of Trivy's")
        }
        if listsPackagesAlone, !log.results.provides.contains(.vulnerabilities) {
            log.addSkipped("vulnerabilities, as packages alone do not show that it looked for any")
        }
        guard log.results.provides.isEmpty else { return }
        // Trivy names what it looked into, also where it found nothing there.
        log.results.provides = [.vulnerabilities]
        log.addTrouble("does not say what it looked for")
    }

    private func metadata(_ metadata: JSONValue, _ target: inout ImportedTarget) {
        target.add(image: metadata["ImageID"]?.text)
        target.layers = metadata["DiffIDs"]?.list.compactMap(\.text) ?? []
        for digest in metadata["RepoDigests"]?.list ?? [] {
            target.add(manifest: ImportedTarget.digest(in: digest.text))
        }
    }
}
