internal import Model

/// One run of one tool: its results refer to its rules, which may stand behind them.
struct SARIFRun {
    /// No tool has more rules, and no more parts that have some; what is beyond is a fault.
    private static let ruleLimit = 50_000
    private static let ruleWeightLimit = 8 << 20
    private static let componentLimit = 1_000
    /// The names of more tools in one file are not kept.
    private static let toolLimit = 8
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
    private var invocations: [SARIFInvocation] = []
    private var files = SARIFFiles()
    private var weight = 0
    private var ruleWeight = 0
    private var hasResults = false
    private var target = ImportedTarget()
    private var tool = ""
    private var version: String?

    /// Reads the run that comes next.
    static func read(
        _ reader: JSONReader, isFirst: Bool, into log: inout ImportLog
    ) throws(ImportError) {
        var run = SARIFRun()
        let start = reader.place
        let isObject = try reader.object { key throws(ImportError) in
            switch key {
            case "tool": try run.readTool(reader, into: &log)
            case "results":
                run.hasResults = try reader.peek() == UInt8(ascii: "[")
                try reader.records(dropping: dropped, into: &log, "result") { record, log in
                    run.add(SARIFResult(record), &log)
                    return true
                }
            case "invocations":
                let calls = try reader.elements(
                    "invocations", dropping: ["environmentVariables", "commandLine", "arguments"], into: &log)
                run.invocations = calls.map(SARIFInvocation.init)
            case "originalUriBaseIds":
                if let bases = try reader.part("originalUriBaseIds", into: &log) {
                    run.files.take(bases: bases)
                }
            case "artifacts":
                try reader.records(
                    dropping: dropped.union(["contents", "properties", "hashes"]), into: &log, "artifact"
                ) { record, log in
                    if !run.files.add(record) { log.overflow() }
                    return true
                }
            case "properties":
                if let facts = try reader.part("properties", into: &log) { run.take(properties: facts) }
            default: try reader.skip()
            }
        }
        guard isObject, !run.tool.isEmpty else { return log.addFault(at: start, "run: of no tool") }
        if isFirst { log.results.target = run.target }
        // All of a file is held against one image.
        guard run.target.isSame(as: log.results.target) else {
            return log.addFault(
                at: start, "run: of another image than the first; give each a file of its own")
        }
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
                    guard rules.count <= Self.componentLimit else {
                        log.overflow()
                        return try reader.skip()
                    }
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
                try reader.records(dropping: Self.dropped, into: &log, "rule") { record, log in
                    add(SARIFRule(record), to: index, &log)
                    return true
                }
            default: try reader.skip()
            }
        }
    }

    private mutating func add(_ rule: SARIFRule, to component: Int, _ log: inout ImportLog) {
        ruleWeight += rule.weight
        guard rules[component].count < Self.ruleLimit, ruleWeight < Self.ruleWeightLimit else {
            return log.overflow()
        }
        rules[component].append(rule)
    }

    private mutating func take(properties: JSONValue) {
        target.name = properties["imageName"]?.text
        for digest in properties["repoDigests"]?.list ?? [] {
            target.add(manifest: ImportedTarget.digest(in: digest.text))
        }
        target.add(image: ImportedTarget.digest(in: properties["imageID"]?.text))
    }

    /// Gives every result its rule, now that all are known.
    private func conclude(_ log: inout ImportLog) {
        let profile = SARIFTool(name: tool)
        name(profile.id, &log)
        log.results.version = version ?? log.results.version
        for invocation in invocations {
            for trouble in invocation.troubles { log.addTrouble(trouble) }
            let silenced = invocation.silenced
            if silenced > 0 {
                log.addSkipped("\(silenced == 1 ? "a rule" : "\(silenced) rules") switched off")
            }
        }
        guard hasResults else { return log.addTrouble("tells of a run in which it looked at nothing") }
        var provides = profile.provides
        let rules = SARIFRules(rules)
        let levels = invocations.map { $0.levels(of: rules) }
        for result in results {
            let rule = result.rule.rule(in: rules)
            // A result that names no call is of the only one.
            let call = result.invocation ?? (levels.count == 1 ? 0 : -1)
            let id = rule?.id ?? result.rule.id
            let changed = levels.indices.contains(call) ? id.flatMap { levels[call][$0] } : nil
            for finding in result.findings(of: rule, changed: changed, in: files, by: profile, &log) {
                provides.formUnion(finding.sort.evidence)
                log.add(finding)
            }
        }
        log.results.provides.formUnion(provides)
    }

    /// Adds the tool to those of the runs before this one.
    private func name(_ id: String, _ log: inout ImportLog) {
        let names = log.results.tool.split(separator: "+").map(String.init)
        if names == [log.results.format] {
            log.results.tool = id
        } else if !names.contains(id), names.count <= Self.toolLimit {
            log.results.tool += "+" + (names.count == Self.toolLimit ? "others" : id)
        }
    }
}
