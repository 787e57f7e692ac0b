internal import Model

/// Checkov's JSON: one report, several in a list, or the bare counts that it writes where it found nothing to look at.
///
/// Never read: `code_block`.
struct CheckovImporter: Importer {
    let id = "checkov"
    let title = "Checkov JSON"
    let reach: Set<EvidenceClass> = [.misconfigurations, .secrets, .vulnerabilities]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("check_type", "results") || sketch.has("*.check_type", "*.results")
            || sketch.has("checkov_version", "passed", "failed")
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        if try reader.peek() == UInt8(ascii: "[") {
            var reports = 0
            try reader.list { _ throws(ImportError) in
                reports += 1
                try report(reader, into: &log)
            }
            if reports == 0 { log.addTrouble("holds no report") }
        } else {
            try report(reader, into: &log)
        }
        try reader.end()
        if log.results.provides.isEmpty { log.results.provides = [.misconfigurations] }
    }

    private func report(_ reader: JSONReader, into log: inout ImportLog) throws(ImportError) {
        let start = reader.place
        var type = ""
        var hasResults = false
        var failed: Int?
        var promised = 0
        let before = log.results.records
        let isObject = try reader.object { key throws(ImportError) in
            switch key {
            case "check_type":
                let place = reader.place
                type = try reader.word() ?? ""
                if type.isEmpty { log.addFault(at: place, "check_type: no text") }
                log.results.provides.formUnion(Self.evidence(of: type))
            case "results": hasResults = try results(reader, into: &log)
            case "summary":
                let summary = try reader.part("summary", into: &log)
                log.results.version = summary?["checkov_version"]?.text ?? log.results.version
                promised = ["failed", "skipped"].reduce(0) { $0 + (summary?[$1]?.number ?? 0) }
                if let errors = summary?["parsing_errors"]?.number, errors > 0 {
                    log.addTrouble("could not parse \(errors) of the files")
                }
            case "checkov_version": log.results.version = try reader.word()
            case "failed": failed = try reader.number("failed", into: &log)
            default: try reader.skip()
            }
        }
        guard isObject, hasResults || failed != nil else {
            return log.addFault(at: start, "report: without results")
        }
        let listed = log.results.records - before
        if hasResults, listed < promised {
            log.addTrouble("counts \(promised) failed and skipped checks, and lists \(listed)")
        }
        if !hasResults { log.addTrouble("found nothing that it could look at") }
    }

    private static func evidence(of type: String) -> Set<EvidenceClass> {
        switch type {
        case "secrets": [.secrets]
        case "sca_image", "sca_package": [.vulnerabilities]
        default: [.misconfigurations]
        }
    }

    /// Whether it says which checks failed, or that none did.
    private func results(_ reader: JSONReader, into log: inout ImportLog) throws(ImportError) -> Bool {
        var isWhole = false
        try reader.object { key throws(ImportError) in
            switch key {
            case "failed_checks", "skipped_checks":
                if key == "failed_checks" { isWhole = try reader.peek() == UInt8(ascii: "[") }
                try reader.records(
                    dropping: ["code_block", "evaluations", "fixed_definition", "breadcrumbs"], into: &log,
                    key
                ) { record, log in Self.take(record, isSkipped: key == "skipped_checks", &log) }
            case "passed_checks":
                try reader.records(
                    dropping: ["code_block", "evaluations", "fixed_definition", "breadcrumbs"], into: &log,
                    key
                ) { record, log in
                    if let rule = record["check_id"]?.text, let file = record["file_path"]?.text {
                        log.add(ImportedPass(rule: rule, place: ImportedPlace(.source(file))))
                    }
                    return true
                }
            case "parsing_errors":
                let files = try reader.elements("parsing_errors", into: &log)
                let count = files.count == 1 ? "a file" : "\(files.count) files"
                if !files.isEmpty { log.addTrouble("could not parse \(count)") }
            default: try reader.skip()
            }
        }
        return isWhole
    }

    private static func take(_ check: JSONValue, isSkipped: Bool, _ log: inout ImportLog) -> Bool {
        guard let rule = check["check_id"]?.text, let file = check["file_path"]?.text else { return false }
        let details = check["vulnerability_details"]
        let sort: ImportedFinding.Sort =
            rule.hasPrefix("CKV_SECRET_")
            ? .secret : details?["id"] != nil ? .vulnerability : .misconfiguration
        let line = check["file_line_range"]?.list.first?.number
        var finding = ImportedFinding(
            sort, rule: details?["id"]?.text ?? rule, title: check["check_name"]?.text,
            severity: check["severity"]?.rating ?? details?["severity"]?.rating,
            place: sort == .secret ? .file(file, line: line) : ImportedPlace(.source(file), line: line))
        if let package = details?["package_name"]?.text {
            finding.notePackage(
                package, details?["package_version"]?.text, fixed: details?["lowest_fixed_version"]?.text)
        }
        if isSkipped { finding.suppressed = "skipped" }
        log.add(finding)
        return true
    }
}
