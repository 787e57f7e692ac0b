internal import Model

/// Dockle's JSON.
///
/// Of its alerts only what they are about is taken: some quote the history.
struct DockleImporter: Importer {
    let id = "dockle"
    let title = "Dockle JSON"
    let reach: Set<EvidenceClass> = [.misconfigurations, .secrets]

    func recognises(_ sketch: ContentSketch) -> Bool { sketch.has("summary.fatal", "details") }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        log.results.provides = [.misconfigurations]
        var hasDetails = false
        var promised: [String: Int] = [:]
        var listed: [String: Set<String>] = [:]
        try reader.object { key throws(ImportError) in
            switch key {
            case "image":
                let name = try reader.word()
                log.results.target.name = name
                log.results.target.add(manifest: ImportedTarget.digest(in: name))
            case "summary":
                let summary = try reader.part("summary", into: &log)
                for level in Self.counted {
                    promised[level] = summary?[level.lowercased()]?.number
                }
            case "details":
                hasDetails = try reader.peek() == UInt8(ascii: "[")
                try reader.records(into: &log, "detail") { record, log in
                    if let code = record["code"]?.text, let level = record["level"]?.text {
                        listed[level, default: []].insert(code)
                    }
                    return Self.take(record, &log)
                }
            default: try reader.skip()
            }
        }
        try reader.end()
        // One check may be about several places, so that places tell nothing of how many checks failed.
        for level in Self.counted {
            let (count, rest) = (promised[level] ?? 0, listed[level]?.count ?? 0)
            if rest < count {
                log.addTrouble("counts \(count) findings of level \(level), and lists \(rest)")
            }
        }
        if !hasDetails { log.addTrouble("lists no details, not even none") }
    }

    /// The levels of findings, each of which its summary counts by the checks that failed.
    private static let counted = ["FATAL", "WARN", "INFO"]

    private static func take(_ detail: JSONValue, _ log: inout ImportLog) -> Bool {
        guard let code = detail["code"]?.text, let level = detail["level"]?.text else { return false }
        switch level {
        case "PASS":
            log.add(ImportedPass(rule: code, place: place(ofCode: code)))
            return true
        case "SKIP":
            log.addSkipped(code)
            return true
        default: break
        }
        let places = detail["alerts"]?.list.compactMap { $0.text.flatMap(place) } ?? []
        for place in places.isEmpty ? [place(ofCode: code)] : places {
            var finding = ImportedFinding(
                .misconfiguration, rule: code, title: detail["title"]?.text, severity: level, place: place)
            if level == "IGNORE" { finding.suppressed = "ignored" }
            log.add(finding)
        }
        return true
    }

    private static func place(ofCode code: String) -> ImportedPlace {
        ImportedPlace(code == "CIS-DI-0001" ? .metadata("User") : .image)
    }

    /// What an alert is about, in the forms that name a file or a variable.
    private static func place(_ alert: String) -> ImportedPlace? {
        func name(after start: String) -> String? {
            guard alert.hasPrefix(start) else { return nil }
            let name = alert.dropFirst(start.count).prefix { !$0.isWhitespace }
            return name.isEmpty ? nil : String(name)
        }
        if let variable = name(after: "Suspicious ENV key found : ") {
            return ImportedPlace(.metadata("Env/\(variable)"))
        }
        for start in ["Suspicious filename found : ", "setuid file: ", "setgid file: "] {
            guard let rest = name(after: start) else { continue }
            guard start.hasPrefix("set") else { return .file(rest) }
            // The mode stands before the name.
            return alert.split(whereSeparator: \.isWhitespace).last.map { .file(String($0)) }
        }
        return nil
    }
}
