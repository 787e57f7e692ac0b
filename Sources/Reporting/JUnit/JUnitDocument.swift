internal import Model
internal import XMLDocuments

/// A JUnit document in one of its flavours, all with the same cases.
///
/// Names carry no counts, digests or tags, because consumers follow a test through time by its name. What was not
/// assessed is a *failure* that says so: several consumers read `error` as passed.
struct JUnitDocument {
    private let flavor: JUnitFlavor

    init(_ flavor: JUnitFlavor) { self.flavor = flavor }

    func write(_ report: Report, to fileName: String) throws(ReportError) -> [UInt8] {
        let suites = JUnitSuite.all(of: report)
        do {
            var writer = try XMLWriter.open()
            switch flavor {
            case .strict, .gitlab:
                try writer.start("testsuites")
                for (number, suite) in suites.enumerated() {
                    try write([suite][...], name: suite.name.text, number: number, of: report, into: &writer)
                }
                try writer.end()
            case .surefire:
                let name = "palimpsest.\(report.image.slug)"
                try write(suites[...], name: name, number: 0, of: report, into: &writer)
            }
            return try writer.finish()
        } catch {
            throw ReportError(code: .encoding, place: fileName, reason: error.reason, underlying: error.place)
        }
    }

    private func write(
        _ suites: ArraySlice<JUnitSuite>, name: String, number: Int, of report: Report,
        into writer: inout XMLWriter
    ) throws(XMLError) {
        let cases = suites.flatMap(\.cases)
        try writer.start("testsuite")
        try writer.attribute("name", name)
        if flavor != .surefire {
            try writer.attribute("package", "palimpsest.\(report.image.slug)")
            try writer.attribute("id", String(number))
            try writer.attribute("hostname", "localhost")
        }
        try writer.attribute("timestamp", String(report.basis.asOf.description.prefix(19)))
        try writer.attribute("tests", String(cases.count))
        try writer.attribute("failures", String(cases.count { $0.outcome.isFailure }))
        try writer.attribute("errors", "0")
        try writer.attribute("skipped", String(cases.count { $0.outcome.isSkipped }))
        try writer.attribute("time", "0")
        try writeProperties(of: report, into: &writer)
        for suite in suites {
            for testCase in suite.cases { try write(testCase, className: suite.className, into: &writer) }
        }
        if flavor == .strict { try writeOutput(cases.flatMap(\.output), into: &writer) }
        try writer.end()
    }

    private func writeOutput(_ lines: [SafeText], into writer: inout XMLWriter) throws(XMLError) {
        try writer.start("system-out")
        if !lines.isEmpty { try writer.text(lines.map(\.text).joined(separator: "\n") + "\n") }
        try writer.end()
        try writer.start("system-err")
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
        if flavor == .gitlab, let file = testCase.file { try writer.attribute("file", file.text) }
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
        if flavor != .strict, !testCase.output.isEmpty {
            try writer.start("system-out")
            try writer.text(testCase.output.map(\.text).joined(separator: "\n"))
            try writer.end()
        }
        try writer.end()
    }
}
