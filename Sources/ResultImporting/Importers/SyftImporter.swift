internal import Model

/// Syft's JSON: which components an image is made of.
struct SyftImporter: Importer {
    let id = "syft"
    let title = "Syft JSON"
    let reach: Set<EvidenceClass> = [.components]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("artifacts") && (sketch.has("schema.version") || sketch.has("artifacts.*.foundBy"))
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        log.results.provides = [.components]
        var count: Int?
        try reader.object { key throws(ImportError) in
            switch key {
            case "artifacts" where try reader.peek() == UInt8(ascii: "["):
                count = 0
                try reader.records(
                    dropping: ["cpes", "licenses", "metadata", "locations"], into: &log, "artifact"
                ) {
                    record, _ in
                    guard record["name"]?.text != nil else { return false }
                    count = (count ?? 0) + 1
                    return true
                }
            case "source":
                if let source = try reader.part("source", dropping: ["config", "manifest"], into: &log) {
                    log.results.target = SyftSource.target(
                        source["metadata"] ?? source["target"], type: source["type"]?.text)
                }
            case "descriptor":
                log.results.version = try reader.part("descriptor", dropping: ["configuration"], into: &log)?[
                    "version"]?
                    .text
            default: try reader.skip()
            }
        }
        try reader.end()
        log.results.components = count
        if count == nil { log.addTrouble("lists no artifacts, not even none") }
    }
}

/// How Syft and Grype tell what they looked at.
enum SyftSource {
    static func target(_ target: JSONValue?, type: String?) -> ImportedTarget {
        var result = ImportedTarget()
        guard let target else { return result }
        if let name = target.text { result.name = name }
        guard type == nil || type == "image", target.isObject else { return result }
        result.name = target["userInput"]?.text
        result.add(manifest: target["manifestDigest"]?.text)
        for digest in target["repoDigests"]?.list ?? [] {
            result.add(manifest: ImportedTarget.digest(in: digest.text))
        }
        result.add(image: target["imageID"]?.text)
        result.layers = target["layers"]?.list.compactMap { $0["digest"]?.text } ?? []
        return result
    }
}
