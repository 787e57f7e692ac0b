internal import Model
internal import XMLDocuments

/// OpenSCAP's XCCDF results, alone or in an ARF collection.
///
/// Where somebody overrode what the test said, the result is the new one, and the override has the old one too.
struct XCCDFImporter: Importer {
    let id = "xccdf"
    let title = "XCCDF results and ARF of OpenSCAP"
    let reach: Set<EvidenceClass> = [.misconfigurations]

    func recognises(_ sketch: ContentSketch) -> Bool {
        guard case .xml(let root, let namespaces) = sketch.form else { return false }
        return ["Benchmark", "TestResult", "asset-report-collection"].contains(root)
            && namespaces.contains { $0.contains("xccdf") || $0.contains("asset-reporting-format") }
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        log.results.tool = "openscap"
        log.results.provides = [.misconfigurations]
        var isTested = false
        var counts: [String: Int] = [:]
        try XMLFeed.read(feed, wanted: ["rule-result", "target", "fact"]) { event in
            switch event {
            case .opened(let element) where element.localName == "TestResult":
                isTested = true
                log.results.version = element["test-system"] ?? log.results.version
            case .opened: break
            case .whole(let element) where element.localName == "rule-result":
                if let result = take(element, &log) { counts[result, default: 0] += 1 }
                if element.child("override") != nil { counts["overridden", default: 0] += 1 }
            case .whole(let element): take(fact: element, &log.results.target)
            }
        }
        tell(counts, isTested: isTested, &log)
    }

    /// What was not decided is not assessed; what was not to be is left out.
    private func tell(_ counts: [String: Int], isTested: Bool, _ log: inout ImportLog) {
        guard isTested else { return log.addTrouble("holds no test result") }
        let decided = ["pass", "fail", "fixed"].reduce(0) { $0 + counts[$1, default: 0] }
        if decided == 0 { log.addTrouble("decided no rule") }
        for (result, what) in [
            ("error", "ended in an error"), ("unknown", "could not be decided"),
            ("notchecked", "were not checked"),
        ] {
            if let count = counts[result] { log.addTrouble("says of \(count) rules that they \(what)") }
        }
        for (result, what) in [
            ("notselected", "were not selected"), ("notapplicable", "do not apply"),
            ("overridden", "somebody gave another result, or a remark"),
        ] {
            if let count = counts[result] { log.addSkipped("\(count) rules that \(what)") }
        }
    }

    /// The result of one rule; nil after a fault where it is none.
    private func take(_ element: XMLElement, _ log: inout ImportLog) -> String? {
        guard let rule = element["idref"], let result = element.child("result")?.word,
            Self.results.contains(result)
        else {
            log.addFault(at: "line \(element.line)", "rule-result: without what every one has")
            return nil
        }
        let name = rule.split(separator: "_rule_").last.map(String.init) ?? rule
        let aliases = [name] + element.children.filter { $0.localName == "ident" }.compactMap(\.word)
        let overrides = element.children.filter { $0.localName == "override" }
        // The two must be the same where an override has the last word; of two words the worse one counts.
        let stated = [result, overrides.last?.child("new-result")?.word].compactMap(\.self)
        let isWrong = stated.contains(where: Self.wrong.contains)
        let wasWrong = overrides.contains { $0.child("old-result")?.word.map(Self.wrong.contains) ?? false }
        if result == "pass", overrides.isEmpty {
            log.add(ImportedPass(rule: rule, aliases: aliases, place: ImportedPlace(.image)))
        }
        guard isWrong || wasWrong else { return result }
        var finding = ImportedFinding(
            .misconfiguration, rule: rule, title: name.split(separator: "_").joined(separator: " "),
            severity: element["severity"], place: ImportedPlace(.image))
        finding.aliases = aliases
        if !isWrong { finding.suppressed = "overridden" }
        log.add(finding)
        return isWrong ? "fail" : result
    }

    /// `fixed` was wrong when it was looked at, and what mended it did not mend the image.
    private static let wrong: Set<String> = ["fail", "fixed"]

    private static let results: Set<String> = [
        "pass", "fail", "error", "unknown", "notapplicable", "notchecked", "notselected", "informational",
        "fixed",
    ]

    /// What was tested; programs that scan images put the image's id into it.
    private func take(fact: XMLElement, _ target: inout ImportedTarget) {
        guard let text = fact.word else { return }
        if fact.localName == "target" { target.name = target.name ?? text }
        for word in text.split(whereSeparator: { !$0.isHexDigit }) where word.utf8.count == 64 {
            target.add(image: "sha256:\(word)")
        }
    }
}
