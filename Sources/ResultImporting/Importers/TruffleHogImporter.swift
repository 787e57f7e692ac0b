internal import Model

/// TruffleHog's JSON, one finding a line or all in a list.
struct TruffleHogImporter: Importer {
    let id = "trufflehog"
    let title = "TruffleHog JSONL"
    let reach: Set<EvidenceClass> = [.secrets, .verifications]

    func recognises(_ sketch: ContentSketch) -> Bool {
        ["", "*."].contains { prefix in
            sketch.has(prefix + "SourceMetadata", prefix + "DetectorName")
                || sketch.has(prefix + "level", prefix + "msg", prefix + "ts")
        }
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        log.results.provides = [.secrets]
        try RecordLines.each(of: feed, into: &log) { record, log in
            if record["SourceMetadata"] == nil, record["msg"] != nil { return Self.take(note: record, &log) }
            guard let name = record["DetectorName"]?.text,
                let data = record[path: "SourceMetadata", "Data"]
            else { return false }
            var finding = ImportedFinding(
                .secret, rule: name, title: "\(name) credential", place: Self.place(data))
            finding.verified = Self.verified(record)
            for secret in Self.secrets(record) { log.note(secret, of: &finding) }
            log.hide(record["Redacted"]?.text)
            for (_, value) in record["ExtraData"]?.members ?? [] { log.hide(value.text) }
            if let image = data[path: "Docker", "image"]?.text { Self.name(image, &log.results.target) }
            log.add(finding)
            return true
        }
    }

    /// What it says of itself on the way, where its two outputs were written to one file.
    private static func take(note: JSONValue, _ log: inout ImportLog) -> Bool {
        if let version = note["trufflehog_version"]?.text { log.results.version = version }
        if let level = note["level"]?.text, level.hasPrefix("error") || level.hasPrefix("fatal") {
            log.addTrouble("reports an error")
        }
        return true
    }

    private static func name(_ image: String, _ target: inout ImportedTarget) {
        target.name = target.name ?? image
        target.add(manifest: ImportedTarget.digest(in: image))
    }

    /// Nil where it did not try, or could not tell.
    private static func verified(_ record: JSONValue) -> Bool? {
        guard record["VerificationError"] == nil else { return nil }
        return record["Verified"]?.flag == true ? true : nil
    }

    /// Whole secrets first; early releases of version 3 wrote them in base64, and no `DecoderName`.
    private static func secrets(_ record: JSONValue) -> [String] {
        let raw = [record["Raw"]?.text, record["RawV2"]?.text].compactMap(\.self)
        let parts = record["SecretParts"]?.members.compactMap(\.value.text) ?? []
        guard record["DecoderName"] == nil else { return raw + parts }
        return raw.map { Base64Words.text($0) ?? $0 } + parts
    }

    private static func place(_ data: JSONValue) -> ImportedPlace {
        guard let (source, facts) = data.members.first else { return ImportedPlace(.image) }
        let file = facts["file"]?.text ?? facts["path"]?.text
        let line = facts["line"]?.number
        guard source == "Docker" else {
            guard let file else { return ImportedPlace(.source(source)) }
            return .file(file, line: line)
        }
        let layer = facts["layer"]?.text
        // `image-metadata:history:4:created-by`.
        let steps = file?.split(separator: ":") ?? []
        if steps.count >= 3, steps[0] == "image-metadata", steps[1] == "history", let step = Int(steps[2]) {
            return ImportedPlace(.metadata("history/\(step)"))
        }
        guard let file else { return ImportedPlace(.image, layer: layer) }
        return .file(file, layer: layer, line: line)
    }
}
