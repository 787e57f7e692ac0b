internal import Model

/// One element of `Results`: what Trivy found in one target.
struct TrivyResult {
    /// What it shows that Trivy looked for.
    private(set) var provides: Set<EvidenceClass> = []
    /// Whether it lists packages and no vulnerability, as Trivy does where it was told to list them and no more.
    private(set) var listsPackagesAlone = false

    private static let dropped: Set<String> = [
        "Match", "Code", "Description", "References", "CVSS", "Message", "Resolution", "Query",
    ]
    /// Lists and settings that are no findings.
    private static let noFindings: Set<String> = ["Target", "Class", "Type", "Packages"]

    /// Nil where no object comes next.
    static func read(_ reader: JSONReader, into log: inout ImportLog) throws(ImportError) -> TrivyResult? {
        var target = ""
        var form = ""
        var type = ""
        var hasVulnerabilities = false
        var hasPackages = false
        var failures = 0
        var promised = 0
        let first = log.results.findings.count
        let isObject = try reader.object { key throws(ImportError) in
            switch key {
            case "Target": target = try reader.word() ?? ""
            case "Class": form = try reader.word() ?? ""
            case "Type": type = try reader.word() ?? ""
            case "Secrets", "Vulnerabilities", "Misconfigurations":
                if key == "Vulnerabilities" {
                    hasVulnerabilities = try reader.peek() == UInt8(ascii: "[") || hasVulnerabilities
                }
                try reader.records(dropping: dropped, into: &log, key) { record, log in
                    guard let finding = finding(record, in: key) else { return status(of: record) == "PASS" }
                    log.add(finding)
                    if key == "Misconfigurations", finding.suppressed == nil { failures += 1 }
                    return true
                }
            case "MisconfSummary":
                promised = try reader.part(key, into: &log)?["Failures"]?.number ?? 0
            case "ExperimentalModifiedFindings":
                try reader.records(dropping: dropped, into: &log, key) { record, log in
                    guard let inner = record["Finding"],
                        var finding = finding(inner, in: list(of: record["Type"]?.text ?? ""))
                    else { return false }
                    finding.suppressed = record["Status"]?.text ?? "suppressed"
                    log.add(finding)
                    return true
                }
            case "Packages":
                hasPackages = true
                log.results.components = (log.results.components ?? 0) + (try count(reader))
            default:
                guard !noFindings.contains(key), try reader.peek() == UInt8(ascii: "[") else {
                    return try reader.skip()
                }
                try reader.records(dropping: dropped, into: &log, "record") { record, log in
                    log.add(
                        ImportedFinding(
                            .other, rule: key, severity: record["Severity"]?.rating,
                            place: ImportedPlace(.image)))
                    return true
                }
            }
        }
        for index in log.results.findings.indices.dropFirst(first) {
            place(&log.results.findings[index], target: target, form: form, type: type)
            if log.results.findings[index].sort == .vulnerability { hasVulnerabilities = true }
        }
        if failures < promised {
            log.addTrouble("counts \(promised) misconfigurations, and lists \(failures)")
        }
        return isObject
            ? TrivyResult(form: form, hasVulnerabilities: hasVulnerabilities, hasPackages: hasPackages) : nil
    }

    private init(form: String, hasVulnerabilities: Bool, hasPackages: Bool) {
        if hasPackages { provides.insert(.components) }
        switch form {
        case "os-pkgs", "lang-pkgs":
            // Without either, nothing but looking for vulnerabilities makes Trivy name the target at all.
            if hasVulnerabilities || !hasPackages { provides.insert(.vulnerabilities) }
            listsPackagesAlone = hasPackages && !hasVulnerabilities
        case "config": provides.insert(.misconfigurations)
        case "secret": provides.insert(.secrets)
        default: if hasVulnerabilities { provides.insert(.vulnerabilities) }
        }
    }

    private static func count(_ reader: JSONReader) throws(ImportError) -> Int {
        var count = 0
        try reader.list { _ throws(ImportError) in
            count += 1
            try reader.skip()
        }
        return count
    }

    private static func list(of type: String) -> String {
        switch type {
        case "vulnerability": "Vulnerabilities"
        case "misconfiguration": "Misconfigurations"
        case "secret": "Secrets"
        default: type
        }
    }

    private static func status(of record: JSONValue) -> String? { record["Status"]?.text }

    /// The finding, its place but for the target; nil where there is none.
    private static func finding(_ record: JSONValue, in list: String) -> ImportedFinding? {
        let layer = record[path: "Layer", "DiffID"]?.text ?? record[path: "Layer", "Digest"]?.text
        let severity = record["Severity"]?.rating
        switch list {
        case "Secrets":
            guard let rule = record["RuleID"]?.text else { return nil }
            return ImportedFinding(
                .secret, rule: rule, title: record["Title"]?.text, severity: severity,
                place: ImportedPlace(.file(""), layer: layer, line: record["StartLine"]?.number))
        case "Vulnerabilities":
            guard let rule = record["VulnerabilityID"]?.text, let name = record["PkgName"]?.text else {
                return nil
            }
            let version = record["InstalledVersion"]?.text
            var finding = ImportedFinding(
                .vulnerability, rule: rule,
                title: [rule, "in", name, version].compactMap(\.self).joined(separator: " "),
                severity: severity, place: ImportedPlace(.file(record["PkgPath"]?.text ?? ""), layer: layer))
            finding.notePackage(name, version, fixed: record["FixedVersion"]?.text)
            finding.aliases = record["VendorIDs"]?.list.compactMap(\.text) ?? []
            return finding
        case "Misconfigurations":
            guard let rule = record["ID"]?.text, status(of: record) != "PASS" else { return nil }
            var finding = ImportedFinding(
                .misconfiguration, rule: rule, title: record["Title"]?.text, severity: severity,
                place: ImportedPlace(
                    .file(""), layer: layer, line: record[path: "CauseMetadata", "StartLine"]?.number))
            if status(of: record) == "EXCEPTION" { finding.suppressed = "exception" }
            return finding
        default: return nil
        }
    }

    /// Puts a finding where its target says.
    private static func place(
        _ finding: inout ImportedFinding, target: String, form: String, type: String
    ) {
        guard finding.place.kind == .file("") else { return }
        switch form {
        case "os-pkgs": finding.place.kind = .packageDatabase(of: type)
        case "config" where finding.place.layer == nil: finding.place.kind = .source(target)
        case "lang-pkgs" where !target.contains("/") && !target.contains("."): finding.place.kind = .image
        default: finding.place.kind = target.isEmpty ? .image : .file(ImportedPlace.slashed(target))
        }
        if case .vulnerability = finding.sort, let package = finding.attributes["package"] {
            finding.place.within = [package.display]
        }
    }
}

extension ImportedFinding {
    /// Notes the component that a vulnerability is in.
    mutating func notePackage(_ name: String, _ version: String?, fixed: String?) {
        attributes["package"] = .text(name)
        attributes["version"] = version.map(AttributeValue.text)
        attributes["fixedVersion"] = fixed.map(AttributeValue.text)
    }
}

extension ImportedPlace.Kind {
    /// Where a distribution's packages are listed; the image as a whole where that is not known.
    static func packageDatabase(of type: String) -> ImportedPlace.Kind {
        switch type {
        case "alpine", "apk", "wolfi", "chainguard": .file("lib/apk/db/installed")
        case "debian", "ubuntu", "deb", "dpkg": .file("var/lib/dpkg/status")
        case "redhat", "centos", "rocky", "alma", "fedora", "amazon", "oracle", "rpm", "suse", "opensuse":
            .file("var/lib/rpm")
        default: .image
        }
    }
}
