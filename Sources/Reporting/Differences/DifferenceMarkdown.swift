internal import Model

/// A comparison as a page for comments on merge requests.
enum DifferenceMarkdown {
    private static let whole: SafeText = "--format json has all"

    static func page(_ difference: DifferencePage) -> MarkdownPage {
        var page = MarkdownPage()
        let outcome = difference.outcome
        page.add("# \(sign(outcome)) \(outcome.word): \(difference.totals)")
        page.add("Fails on \(difference.failing).")
        let documents =
            difference.earlier.map { ["earlier", MarkdownText.inline($0)] }
            + [
                ["before", MarkdownText.inline(difference.before)],
                ["after", MarkdownText.inline(difference.after)],
            ]
        page.add(
            MarkdownTable(heads: ["what is compared", ""], rows: documents, noun: "document", whole: whole))
        for image in difference.images { add(image, to: &page) }
        return page
    }

    private static func add(_ image: DifferencePage.Image, to page: inout MarkdownPage) {
        page.add("## \(MarkdownText.code(image.name))")
        let sides = [("before", image.before), ("after", image.after)].map { label, lines in
            [label] + lines.map(MarkdownText.inline) + Array(repeating: "", count: 3 - min(lines.count, 3))
        }
        page.add(
            MarkdownTable(
                heads: ["", "verdict", "image", "judged under"], rows: sides, noun: "audit", whole: whole))
        if image.rows.contains(where: { $0.change == .detectorChanged }) {
            page.add("A detector changed: a difference may come from it and not from the image.")
        }
        if !image.untold.isEmpty {
            page.add(
                MarkdownTable(
                    heads: ["what cannot be told"], rows: image.untold.map { [MarkdownText.inline($0)] },
                    noun: "reason", whole: whole))
        }
        for change in Change.allCases { add(change, image.rows.filter { $0.change == change }, to: &page) }
        guard !image.controls.isEmpty else { return }
        page.add("### Controls that come out otherwise")
        page.add(
            MarkdownTable(
                heads: ["control"], rows: image.controls.map { [MarkdownText.inline($0)] }, noun: "control",
                whole: whole))
    }

    private static func add(_ change: Change, _ rows: [DifferenceRow], to page: inout MarkdownPage) {
        guard !rows.isEmpty else { return }
        page.add("### \(SafeText.grouped(rows.count)) \(change.heading)")
        let cells = rows.lazy.map { row in
            [
                row.part.text, row.severity?.rawValue ?? "", MarkdownText.inline(row.name),
                row.details.map(MarkdownText.inline).joined(separator: "; "), row.isFailing ? "yes" : "",
            ]
        }
        page.add(
            MarkdownTable(
                heads: ["what", "severity", "name", "details", "fails"], count: rows.count, rows: cells,
                noun: "row", whole: whole))
    }

    private static func sign(_ outcome: DifferencePage.Outcome) -> String {
        switch outcome {
        case .worse: Status.fail.sign.text
        case .incomplete: Status.notAssessed.sign.text
        case .notWorse: Status.pass.sign.text
        }
    }
}
