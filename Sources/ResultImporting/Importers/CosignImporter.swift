internal import Model

/// What `cosign verify` writes: a list of the signatures that it verified, with text for people around it.
struct CosignImporter: Importer {
    let id = "cosign"
    let title = "output of cosign verify"
    let reach: Set<EvidenceClass> = [.signatures]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("*.critical.image") || sketch.has("critical.image")
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        log.results.provides = [.signatures]
        var signatures = 0
        try Self.skipProse(feed)
        let reader = JSONReader(feed)
        while try reader.peek() != nil {
            let first = try reader.peek()
            guard first == UInt8(ascii: "[") || first == UInt8(ascii: "{") else {
                try Self.skipProse(feed)
                continue
            }
            let take = { (record: JSONValue, log: inout ImportLog) -> Bool in
                guard let digest = Self.digest(of: record) else { return false }
                signatures += 1
                log.results.target.name =
                    log.results.target.name ?? record[path: "critical", "identity", "docker-reference"]?.text
                log.results.target.add(manifest: digest)
                return true
            }
            if first == UInt8(ascii: "[") {
                try reader.records(into: &log, "signature", take)
            } else {
                try reader.record(into: &log, "signature", take)
            }
        }
        log.results.signatures = signatures
        if signatures == 0 { log.addTrouble("verified no signature") }
    }

    private static func digest(of record: JSONValue) -> String? {
        let image = record[path: "critical", "image"]
        return image?["docker-manifest-digest"]?.text ?? image?["Docker-manifest-digest"]?.text
    }

    /// Skips lines until one begins as JSON does.
    private static func skipProse(_ feed: ByteFeed) throws(ImportError) {
        while let byte = try feed.peek(), byte != UInt8(ascii: "["), byte != UInt8(ascii: "{") {
            _ = try feed.run { $0 == 0x0a }
            while let end = try feed.peek(), end == 0x0a || end == 0x0d { feed.advance() }
        }
    }
}
