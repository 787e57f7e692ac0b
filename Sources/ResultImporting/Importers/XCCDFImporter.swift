internal import Model
internal import XMLDocuments

/// OpenSCAP's XCCDF results, alone or in an ARF collection.
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
        var unclear = 0
        var skipped = 0
        try XMLFeed.read(feed, wanted: ["rule-result", "target", "fact"]) { event in
            switch event {
            case .opened(let element) where element.localName == "TestResult":
                isTested = true
                log.results.version = element["test-system"] ?? log.results.version
            case .opened: break
            case .whole(let element) where element.localName == "rule-result":
                switch element.child("result")?.word {
                case "error", "unknown": unclear += 1
                case "notchecked", "notselected", "notapplicable": skipped += 1
                case let result: take(element, result: result, &log)
                }
            case .whole(let element): take(fact: element, &log.results.target)
            }
        }
        if !isTested { log.results.troubles.append("holds no test result") }
        if unclear > 0 { log.results.troubles.append("\(unclear) rules could not be decided") }
        if skipped > 0 { log.results.skipped.append("\(skipped) rules") }
    }

    private func take(_ element: XMLElement, result: String?, _ log: inout ImportLog) {
        guard let rule = element["idref"], let result else {
            return log.addFault(at: "line \(element.line)", "rule-result: without what every one has")
        }
        // `fixed` was wrong when it was looked at, and what mended it did not mend the image.
        guard result == "fail" || result == "fixed" else { return }
        let name = rule.split(separator: "_rule_").last.map(String.init) ?? rule
        var finding = ImportedFinding(
            .misconfiguration, rule: rule, title: name.split(separator: "_").joined(separator: " "),
            severity: element["severity"], place: ImportedPlace(.image))
        if element.child("override") != nil { finding.suppressed = "overridden" }
        log.add(finding)
    }

    /// What was tested; programs that scan images put the image's id into it.
    private func take(fact: XMLElement, _ target: inout ImportedTarget) {
        guard let text = fact.word else { return }
        if fact.localName == "target" { target.name = target.name ?? text }
        for word in text.split(whereSeparator: { !$0.isHexDigit }) where word.utf8.count == 64 {
            target.images.append("sha256:\(word)")
        }
    }
}
