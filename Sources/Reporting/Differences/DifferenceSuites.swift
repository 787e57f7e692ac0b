internal import Model

/// A comparison as test results: a suite for each image, a case for each thing, which fails where the run does.
enum DifferenceSuites {
    static func all(_ page: DifferencePage) -> [JUnitSuite] {
        page.images.map { image in
            let name: SafeText = "palimpsest.diff.\(image.scope)"
            return JUnitSuite(
                name: name, package: name, timestamp: image.asOf,
                properties: [
                    ("palimpsest.before", page.before), ("palimpsest.after", page.after),
                    ("palimpsest.image.before", .joined(image.before, by: "; ")),
                    ("palimpsest.image.after", .joined(image.after, by: "; ")),
                    ("palimpsest.fails-on", page.failing),
                ], cases: cases(of: image, in: name))
        }
    }

    private static func cases(of image: DifferencePage.Image, in className: SafeText) -> [JUnitCase] {
        let whole = JUnitCase(
            name: "everything could be compared", className: "\(className).comparison",
            outcome: image.untold.first.map { .failed(type: "incomplete", message: $0) } ?? .passed,
            details: Array(image.untold.dropFirst().prefix(20)), output: [], file: nil)
        var seen: [SafeText: Int] = [:]
        return [whole]
            + image.rows.map { row in
                let own: SafeText = "\(className).\(row.part)"
                // Readers drop a case whose name they have seen.
                let name = row.name.shortened(to: 380)
                let number = seen["\(own) \(name)", default: 0] + 1
                seen["\(own) \(name)"] = number
                return JUnitCase(
                    name: number == 1 ? name : "\(name) \(number)", className: own, outcome: outcome(row),
                    details: row.details, output: [], file: nil)
            }
    }

    private static func outcome(_ row: DifferenceRow) -> JUnitCase.Outcome {
        let message: SafeText = "\(row.change.heading): \(row.title)"
        if row.isFailing { return .failed(type: .word(row.change), message: message) }
        return row.change == .fixed ? .passed : .skipped(message: message)
    }
}
