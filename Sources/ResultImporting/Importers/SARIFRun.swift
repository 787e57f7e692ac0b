internal import Model

/// One run of one tool: its results refer to its rules, which may stand behind them.
struct SARIFRun {
    /// No tool has more rules; a reference to one beyond is to none.
    private static let ruleLimit = 50_000
    private static let dropped: Set<String> = [
        "message", "contextRegion", "codeFlows", "fixes", "stacks", "graphs", "relatedLocations",
        "attachments",
        "fullDescription", "help", "markdown",
    ]

    private var rules: [[SARIFRule]] = [[]]
    /// As many results wait for their rules; what is beyond is a fault.
    private static let resultLimit = 25_000
    private static let weightLimit = 16 << 20

    private var results: [SARIFResult] = []
    private var weight = 0
    private var tool = ""
    private var version: String?

    /// Reads the run that comes next.
    static func read(_ reader: JSONReader, into log: inout ImportLog) throws(ImportError) {
        var run = SARIFRun()
        let start = reader.place
        let isObject = try reader.object { key throws(ImportError) in
            switch key {
            case "tool": try run.readTool(reader, into: &log)
            case "results":
                try reader.records(dropping: dropped, into: &log, "result") { record, log in
                    run.add(SARIFResult(record), &log)
                    return true
                }
            case "invocations":
                for call in try reader.value(dropping: ["environmentVariables", "commandLine", "arguments"])?
                    .list ?? []
                {
                    run.take(invocation: call, &log)
                }
            case "properties":
                if let facts = try reader.part("properties", into: &log) {
                    run.take(facts, &log.results.target)
                }
            default: try reader.skip()
            }
        }
        guard isObject, !run.tool.isEmpty else { return log.addFault(at: start, "run: of no tool") }
        run.conclude(&log)
    }

    private mutating func add(_ result: SARIFResult, _ log: inout ImportLog) {
        weight += result.weight
        guard results.count < Self.resultLimit, weight < Self.weightLimit else {
            return log.overflow()
        }
        results.append(result)
    }

    private mutating func readTool(_ reader: JSONReader, into log: inout ImportLog) throws(ImportError) {
        try reader.object { key throws(ImportError) in
            switch key {
            case "driver": try readComponent(reader, 0, into: &log)
            case "extensions":
                try reader.list { index throws(ImportError) in
                    rules.append([])
                    try readComponent(reader, index + 1, into: &log)
                }
            default: try reader.skip()
            }
        }
    }

    private mutating func readComponent(
        _ reader: JSONReader, _ index: Int, into log: inout ImportLog
    ) throws(ImportError) {
        try reader.object { key throws(ImportError) in
            switch key {
            case "name" where index == 0: tool = try reader.word() ?? ""
            case "version" where index == 0: version = try reader.word() ?? version
            case "semanticVersion" where index == 0:
                let word = try reader.word()
                version = version ?? word
            case "rules":
                try reader.records(dropping: Self.dropped, into: &log, "rule") { record, _ in
                    if rules[index].count < Self.ruleLimit { rules[index].append(SARIFRule(record)) }
                    return true
                }
            default: try reader.skip()
            }
        }
    }

    private func take(invocation: JSONValue, _ log: inout ImportLog) {
        if invocation["executionSuccessful"]?.flag == false {
            log.results.troubles.append("says that it did not succeed")
        }
        let notes = invocation["toolExecutionNotifications"]?.list ?? []
        let errors = notes.count { $0["level"]?.text == "error" }
        if errors > 0 {
            log.results.troubles.append("reports \(errors == 1 ? "an error" : "\(errors) errors")")
        }
    }

    private func take(_ properties: JSONValue, _ target: inout ImportedTarget) {
        target.name = target.name ?? properties["imageName"]?.text
        let digests = properties["repoDigests"]?.list.compactMap { ImportedTarget.digest(in: $0.text) } ?? []
        target.manifests += digests
        if let image = ImportedTarget.digest(in: properties["imageID"]?.text) { target.images.append(image) }
    }

    /// Gives every result its rule, now that all are known.
    private func conclude(_ log: inout ImportLog) {
        let profile = SARIFTool(name: tool)
        let names = log.results.tool == log.results.format ? [] : [log.results.tool]
        log.results.tool =
            names.contains(profile.id) ? profile.id : (names + [profile.id]).joined(separator: "+")
        log.results.version = version ?? log.results.version
        var provides = profile.provides
        let byID = Dictionary(rules.joined().map { ($0.id, $0) }) { first, _ in first }
        for result in results {
            let rule = result.rule(in: rules) ?? result.ruleID.flatMap { byID[$0] }
            guard let finding = result.finding(of: rule, by: profile, &log) else { continue }
            provides.formUnion(finding.sort.evidence)
            log.add(finding)
        }
        log.results.provides.formUnion(provides)
    }
}
