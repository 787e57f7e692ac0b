internal import Model

/// A comparison as people read it: the one place where its text is made safe to show.
struct DifferencePage {
    enum Outcome {
        /// Something that the run fails on.
        case worse
        case incomplete
        case notWorse

        var word: SafeText {
            switch self {
            case .worse: "WORSE"
            case .incomplete: "INCOMPLETE"
            case .notWorse: "NOT WORSE"
            }
        }
    }

    /// One image in both audits.
    struct Image {
        let name: SafeText
        /// For names of tests, which stay the same from build to build.
        let scope: SafeText
        let before: [SafeText]
        let after: [SafeText]
        let rows: [DifferenceRow]
        let controls: [SafeText]
        let untold: [SafeText]
        let asOf: Instant
    }

    let outcome: Outcome
    /// How often what occurred.
    let totals: SafeText
    let failing: SafeText
    let before: SafeText
    let after: SafeText
    let earlier: [SafeText]
    let images: [Image]

    init(_ difference: AuditDifference, failing: Set<Change>) {
        outcome =
            !difference.occurred(of: failing).isEmpty
            ? .worse : difference.isComplete ? .notWorse : .incomplete
        let counts = Change.allCases.compactMap { change -> SafeText? in
            let count = difference.totals[change.rawValue] ?? 0
            return count > 0 ? "\(.grouped(count)) \(change.heading)" : nil
        }
        totals = counts.isEmpty ? "nothing found in either" : .joined(counts, by: ", ")
        self.failing = failing.isEmpty ? "nothing" : .joined(failing.sorted().map(\.heading), by: ", ")
        before = Self.words(difference.before)
        after = Self.words(difference.after)
        earlier = difference.earlier.map(Self.words)
        let names = difference.images.map { $0.told?.name ?? "" }
        images = difference.images.map { Image($0, among: names, failing: failing) }
    }

    private static func words(_ document: ComparedDocument) -> SafeText {
        let signature: SafeText =
            switch document.signature {
            case nil: ""
            case .some(.none): ", signed by nobody"
            case .unchecked: ", signature not checked against a --key"
            case .checked: ", signed by the key given"
            }
        let judged: SafeText = document.isJudgedNow ? ", judged for this comparison" : ""
        return "\(.word(document.form)) \(.cleaning(document.digest.short))\(signature)\(judged)"
    }
}

extension DifferencePage.Image {
    /// `names` are those of all images of the comparison.
    fileprivate init(_ image: ImageDifference, among names: [String], failing: Set<Change>) {
        let told = image.told
        name = .cleaning(told?.name ?? "", limit: 300)
        // Only letters, digits, points and dashes: readers make folders of it.
        let slug = told.map { told in
            ImageFacts.slug(of: told.name, told.digest, among: names.filter { $0 != told.name })
        }
        let plain = "\(slug ?? "").\(told?.platform ?? "")".unicodeScalars.map { scalar in
            let isPlain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains(scalar))
            return isPlain ? Character(scalar) : "-"
        }
        scope = .cleaning(String(plain), limit: 160)
        before = image.before.map(Self.lines) ?? ["no such image"]
        after = image.after.map(Self.lines) ?? ["no such image"]
        rows =
            image.detectors.map { DifferenceRow($0, failing: failing) }
            + image.subjects.map { DifferenceRow($0, failing: failing) }
            + image.rules.map { DifferenceRow($0, failing: failing) }
            + image.coverage.map { DifferenceRow($0, failing: failing) }
            + image.mapping.map { DifferenceRow($0, failing: failing) }
        controls = image.controls.map { control in
            let id: SafeText =
                "\(.cleaning(control.framework, limit: 80)) \(.cleaning(control.control, limit: 80))"
            return
                "\(id) \(.cleaning(control.title, limit: 160)): \(control.before.map(\.label) ?? "not there") → \(control.after.map(\.label) ?? "not there")"
        }
        untold = image.untold.map { .cleaning($0, limit: 600) }
        asOf = told?.asOf ?? Instant(seconds: 0)
    }

    private static func lines(_ audit: ComparedAudit) -> [SafeText] {
        [
            "\(audit.status.label)  \(.cleaning(audit.name, limit: 300))",
            "\(.cleaning(audit.digest.text)) \(.cleaning(audit.platform, limit: 60))",
            "\(.cleaning(audit.policy, limit: 80)) \(.cleaning(audit.policyDigest.short)) as of \(.cleaning(audit.asOf.description))",
        ]
    }
}

extension ImageDifference {
    /// What it is called by: the later of both audits, if there is one.
    fileprivate var told: ComparedAudit? { after ?? before }
}
