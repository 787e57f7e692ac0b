internal import Model
internal import XMLDocuments

/// JUnit-XML that validates against both the schema of Jenkins' xunit plugin and the one Azure DevOps refers to.
///
/// The profile is what the two have in common: no attributes on the root; on each suite all of them, an id counted
/// from 0 and a time without zone; properties, cases, `system-out` and `system-err` in that order, none left out; on a
/// case its name, class and time and at most one outcome. Names carry no counts, digests or tags, because consumers
/// follow a test through time by its name.
///
/// What was not assessed is a *failure* that says so: several consumers read `error` as passed.
struct JUnitFormat: ReportFormat {
    let id = "junit"
    let fileName = "TEST-palimpsest.xml"
    let mediaType = "application/xml"
    let summary = "test results for pipelines: a suite for each framework, a case for each control and rule"

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        do {
            var writer = try XMLWriter.open()
            try writer.start("testsuites")
            for (number, suite) in JUnitSuite.all(of: report).enumerated() {
                try write(suite, number: number, of: report, into: &writer)
            }
            try writer.end()
            return try writer.finish()
        } catch {
            throw ReportError(code: .encoding, place: fileName, reason: error.reason, underlying: error.place)
        }
    }

    private func write(
        _ suite: JUnitSuite, number: Int, of report: Report, into writer: inout XMLWriter
    ) throws(XMLError) {
        try writer.start("testsuite")
        try writer.attribute("name", suite.name.text)
        try writer.attribute("package", "palimpsest.\(report.image.slug)")
        try writer.attribute("id", String(number))
        try writer.attribute("hostname", "localhost")
        try writer.attribute("timestamp", String(report.basis.asOf.description.prefix(19)))
        try writer.attribute("tests", String(suite.cases.count))
        try writer.attribute("failures", String(suite.cases.count { $0.outcome.isFailure }))
        try writer.attribute("errors", "0")
        try writer.attribute("skipped", String(suite.cases.count { $0.outcome.isSkipped }))
        try writer.attribute("time", "0")
        try writeProperties(of: report, into: &writer)
        for testCase in suite.cases { try write(testCase, className: suite.className, into: &writer) }
        try writer.start("system-out")
        let output = suite.cases.flatMap(\.output)
        if !output.isEmpty { try writer.text(output.map(\.text).joined(separator: "\n") + "\n") }
        try writer.end()
        try writer.start("system-err")
        try writer.end()
        try writer.end()
    }

    private func writeProperties(of report: Report, into writer: inout XMLWriter) throws(XMLError) {
        try writer.start("properties")
        let properties: [(String, SafeText)] = [
            ("palimpsest.tool", report.tool), ("palimpsest.image", report.image.name),
            ("palimpsest.image.digest", report.image.digest),
            ("palimpsest.image.platform", report.image.platform),
            ("palimpsest.image.kind", report.image.otherKind ?? "image"),
            ("palimpsest.image.base", report.image.base?.sentence ?? "not known"),
            ("palimpsest.policy", report.basis.policyID),
            ("palimpsest.policy.digest", report.basis.policyDigest),
            ("palimpsest.verdict", .word(report.verdict.status)),
            ("palimpsest.verdict.reason", report.verdict.reason),
            ("palimpsest.verdict.without-waivers", .word(report.verdict.withoutWaivers)),
            ("palimpsest.waivers", .joined(report.waivers.map { "\($0.id): \(.word($0.state))" }, by: ", ")),
        ]
        for (name, value) in properties {
            try writer.start("property")
            try writer.attribute("name", name)
            try writer.attribute("value", value.text)
            try writer.end()
        }
        try writer.end()
    }

    private func write(
        _ testCase: JUnitCase, className: SafeText, into writer: inout XMLWriter
    ) throws(XMLError) {
        try writer.start("testcase")
        try writer.attribute("name", testCase.name.text)
        try writer.attribute("classname", className.text)
        try writer.attribute("time", "0")
        switch testCase.outcome {
        case .passed:
            break
        case .failed(let type, let message):
            try writer.start("failure")
            try writer.attribute("type", type.text)
            try writer.attribute("message", message.text)
            // GitLab shows only the text, Azure DevOps only the attribute.
            try writer.text(([message] + testCase.details).map(\.text).joined(separator: "\n"))
            try writer.end()
        case .skipped(let message):
            try writer.start("skipped")
            try writer.attribute("message", message.text)
            try writer.text(message.text)
            try writer.end()
        }
        try writer.end()
    }
}
