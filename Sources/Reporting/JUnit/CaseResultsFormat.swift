package import Model
internal import XMLDocuments

/// JUnit-XML of a policy's tests, in the same profile as ``JUnitFormat``: a suite for each document, a case for each case.
package enum CaseResultsFormat {
    package static func junit(_ results: [CaseResult]) throws(ReportError) -> [UInt8] {
        do {
            var writer = try XMLWriter.open()
            try writer.start("testsuites")
            var files: [String] = []
            for result in results where !files.contains(result.wanted.file) {
                files.append(result.wanted.file)
            }
            for (number, file) in files.enumerated() {
                try write(
                    results.filter { $0.wanted.file == file }, of: file, number: number, into: &writer)
            }
            try writer.end()
            return try writer.finish()
        } catch {
            throw ReportError(
                code: .encoding, place: "the policy's test results", reason: error.reason,
                underlying: error.place)
        }
    }

    private static func write(
        _ results: [CaseResult], of file: String, number: Int, into writer: inout XMLWriter
    ) throws(XMLError) {
        let policy = results.first?.wanted.policy ?? ""
        let asOf = results.map(\.wanted.asOf).max() ?? Instant(seconds: 0)
        try writer.start("testsuite")
        try writer.attribute("name", SafeText.cleaning(file).text)
        try writer.attribute("package", SafeText.cleaning("palimpsest.policy.\(policy)").text)
        try writer.attribute("id", String(number))
        try writer.attribute("hostname", "localhost")
        try writer.attribute("timestamp", String(asOf.description.prefix(19)))
        try writer.attribute("tests", String(results.count))
        try writer.attribute("failures", String(results.count { !$0.mistakes.isEmpty }))
        try writer.attribute("errors", "0")
        try writer.attribute("skipped", "0")
        try writer.attribute("time", "0")
        try writer.start("properties")
        try writer.end()
        for result in results {
            try writer.start("testcase")
            try writer.attribute("name", SafeText.cleaning(result.wanted.name).text)
            try writer.attribute("classname", SafeText.cleaning("palimpsest.policy.\(policy)").text)
            try writer.attribute("time", "0")
            if !result.mistakes.isEmpty {
                let place = SafeText.cleaning(result.wanted.source).text
                let mistakes = result.mistakes.map { SafeText.cleaning($0).text }
                try writer.start("failure")
                try writer.attribute("type", "mismatch")
                try writer.attribute("message", "\(place): \(mistakes[0])")
                try writer.text(([place] + mistakes).joined(separator: "\n"))
                try writer.end()
            }
            try writer.end()
        }
        for name in ["system-out", "system-err"] as [StaticString] {
            try writer.start(name)
            try writer.end()
        }
        try writer.end()
    }
}
