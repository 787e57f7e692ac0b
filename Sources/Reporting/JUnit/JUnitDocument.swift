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
        try write(JUnitSuite.all(of: report), to: fileName)
    }

    func write(_ suites: [JUnitSuite], to fileName: String) throws(ReportError) -> [UInt8] {
        do {
            var writer = try XMLWriter.open()
            if flavor == .surefire, let whole = JUnitSuite.joined(suites) {
                try write(whole, number: 0, into: &writer)
            } else {
                try writer.start("testsuites")
                for (number, suite) in suites.enumerated() {
                    try write(suite, number: number, into: &writer)
                }
                try writer.end()
            }
            return try writer.finish()
        } catch {
            throw ReportError(code: .encoding, place: fileName, reason: error.reason, underlying: error.place)
        }
    }

    private func write(
        _ suite: JUnitSuite, number: Int, into writer: inout XMLWriter
    ) throws(XMLError) {
        try writer.start("testsuite")
        try writer.attribute("name", suite.name.text)
        if flavor != .surefire {
            try writer.attribute("package", suite.package.text)
            try writer.attribute("id", String(number))
            try writer.attribute("hostname", "localhost")
        }
        try writer.attribute("timestamp", String(suite.timestamp.description.prefix(19)))
        try writer.attribute("tests", String(suite.cases.count))
        try writer.attribute("failures", String(suite.cases.count { $0.outcome.isFailure }))
        try writer.attribute("errors", "0")
        try writer.attribute("skipped", String(suite.cases.count { $0.outcome.isSkipped }))
        try writer.attribute("time", "0")
        try writer.start("properties")
        for (name, value) in suite.properties {
            try writer.start("property")
            try writer.attribute("name", name.text)
            try writer.attribute("value", value.text)
            try writer.end()
        }
        try writer.end()
        for testCase in suite.cases { try write(testCase, into: &writer) }
        if flavor == .strict { try writeOutput(suite.cases.flatMap(\.output), into: &writer) }
        try writer.end()
    }

    private func writeOutput(_ lines: [SafeText], into writer: inout XMLWriter) throws(XMLError) {
        try writer.start("system-out")
        if !lines.isEmpty { try writer.text(lines.map(\.text).joined(separator: "\n") + "\n") }
        try writer.end()
        try writer.start("system-err")
        try writer.end()
    }

    private func write(_ testCase: JUnitCase, into writer: inout XMLWriter) throws(XMLError) {
        try writer.start("testcase")
        try writer.attribute("name", testCase.name.text)
        try writer.attribute("classname", testCase.className.text)
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
