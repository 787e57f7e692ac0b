internal import Model

/// What people accepted of what breaks rules, and what became of each waiver.
///
/// A waiver never makes anything pass: what it covers is `waived`, and only where nothing else breaks the rule and all
/// was looked at. One that is over, not begun, too broad or too long covers nothing, and is listed all the same.
struct WaiverLedger {
    /// In the order of the waivers.
    let results: [WaiverResult]
    private let covered: [WaiverResult.Subject: String]

    init(
        _ waivers: [Waiver], over rules: [Rule], _ verdicts: [RuleVerdict?], of evidence: Evidence,
        limits: WaiverLimits, asOf: Instant
    ) {
        guard !waivers.isEmpty else {
            (results, covered) = ([], [:])
            return
        }
        let broken = BrokenThings(verdicts, on: rules, of: evidence)
        let judged = waivers.map { waiver in
            let things = waiver.target.fits(evidence.image) ? broken.fitting(waiver.target) : []
            let (state, reason) = Self.state(of: waiver, over: things, of: evidence.image, limits, asOf)
            return (waiver: waiver, state: state, reason: reason, subjects: things.map(\.subject))
        }
        let covered = judged.filter(\.state.covers).reduce(into: [WaiverResult.Subject: String]()) {
            for subject in $1.subjects where $0[subject] == nil { $0[subject] = $1.waiver.id }
        }
        results = judged.map { waiver, state, reason, subjects in
            let rest = state == .expired ? Self.remainder(subjects, covered) : ""
            return WaiverResult(waiver, state: state, reason: reason + rest, subjects: subjects)
        }
        self.covered = covered
    }

    /// The waiver that covers `subject` where it breaks `rule`; nil where none does.
    func waiver(of subject: Violations.Subject, in rule: Rule) -> String? {
        covered.isEmpty ? nil : covered[WaiverResult.Subject(rule: rule.id, id: subject.id)]
    }

    /// What became of the things that a waiver covered until it ended: others may have been given for them.
    private static func remainder(
        _ subjects: [WaiverResult.Subject], _ covered: [WaiverResult.Subject: String]
    ) -> String {
        let all = Set(subjects.map(\.id)).count
        guard all > 0 else { return "" }
        let open = Set(subjects.filter { covered[$0] == nil }.map(\.id)).count
        let others = Set(subjects.compactMap { covered[$0] }).sorted().joined(separator: ", ")
        let amount = "the \(Phrase.count(all, "placement")) it covered"
        return switch open {
        case 0: "; \(amount) \(all == 1 ? "is" : "are") accepted by \(others)"
        case all: "; \(amount) \(all == 1 ? "counts" : "count") again"
        default: "; of \(amount) \(open) \(open == 1 ? "counts" : "count") again"
        }
    }

    private static func state(
        of waiver: Waiver, over things: [BrokenThings.Thing], of image: ImageFacts, _ limits: WaiverLimits,
        _ asOf: Instant
    ) -> (WaiverResult.State, String) {
        let last = waiver.validity.lastDay.day
        // One that breaks several rules is one.
        let amount = Phrase.count(Set(things.map(\.subject.id)).count, "placement")
        guard !waiver.validity.hasEnded(at: asOf) else { return (.expired, "its last day was \(last)") }
        guard waiver.validity.hasBegun(at: asOf) else {
            return (.pending, "it counts from \(waiver.validity.created.day) on")
        }
        guard waiver.target.fits(image) else {
            return (.unused, "it is about other images: none of its patterns fits the whole of \(image.name)")
        }
        guard !things.isEmpty else { return (.unused, "nothing that it is about breaks a rule") }
        guard !waiver.target.isUnbounded else {
            return (.overBroad, "it is for a rule over every image: name the images, or the finding")
        }
        guard waiver.target.tellsValue || !things.contains(where: \.isAdrift) else {
            return (
                .overBroad,
                "it is for a secret that is in no known layer, where another would have the same id: "
                    + "name the image's digest as well"
            )
        }
        let count = Set(things.map(\.identity)).count
        guard count <= limits.subjects else {
            return (
                .overBroad, "it would cover \(count) things, and the policy lets one cover \(limits.subjects)"
            )
        }
        let tooLong = things.first { waiver.validity.days > limits.days(for: $0.severity) }
        if let tooLong {
            let most = Phrase.count(limits.days(for: tooLong.severity), "day")
            return (
                .overLong,
                "it is for \(waiver.validity.days) days, and for \(tooLong.severity) rules the policy allows \(most)"
            )
        }
        guard !waiver.validity.hasEnded(at: asOf.adding(days: limits.notice)) else {
            return (.expiring, "it covers \(amount), and its last day is \(last)")
        }
        return (.active, "it covers \(amount) until \(last)")
    }
}

/// Everything that breaks rules, to be held against what waivers are about.
private struct BrokenThings {
    struct Thing {
        let subject: WaiverResult.Subject
        let fingerprint: String?
        let severity: Severity
        /// Whether it is a secret that no layer's digest tells from another in its place: in the metadata, or where a tool
        /// does not say in which layer.
        let isAdrift: Bool
        /// One secret is one thing, however many places it stands in.
        var identity: String { fingerprint ?? subject.id }
    }

    private let things: [Thing]

    init(_ verdicts: [RuleVerdict?], on rules: [Rule], of evidence: Evidence) {
        let fingerprints = Dictionary(
            evidence.findings.compactMap { finding in finding.fingerprint.map { (finding.id, $0.text) } },
            uniquingKeysWith: { first, _ in first })
        let adrift = Set(
            evidence.findings.filter { $0.location.layer == nil && $0.kind.isSecret }.map(\.id))
        things = zip(rules, verdicts).flatMap { rule, verdict -> [Thing] in
            guard case .violated(let violations, _, _) = verdict else { return [] }
            return violations.subjects.map { subject in
                Thing(
                    subject: .init(rule: rule.id, id: subject.id), fingerprint: fingerprints[subject.id],
                    severity: rule.severity, isAdrift: adrift.contains(subject.id))
            }
        }
    }

    func fitting(_ target: Waiver.Target) -> [Thing] {
        things.filter { thing in
            (target.rule.map { $0 == thing.subject.rule } ?? true)
                && (target.finding.map { $0 == thing.subject.id } ?? true)
                && (target.fingerprint.map { $0 == thing.fingerprint } ?? true)
        }
    }
}

extension Waiver.Target {
    /// Whether it is about this image.
    func fits(_ image: ImageFacts) -> Bool { image.fits(images) }

    /// Whether it is about one secret, or about images of which nothing can change.
    fileprivate var tellsValue: Bool {
        fingerprint != nil || finding == nil
            || !images.isEmpty && images.allSatisfy { $0.pattern.hasPrefix("sha256:") }
    }

    /// Whether nothing narrows it but a rule.
    fileprivate var isUnbounded: Bool {
        finding == nil && fingerprint == nil
            && (images.isEmpty || images.contains { !$0.namesImages })
    }
}

extension Glob {
    /// Whether a part of a name is told, and not only where images come from, what their tag is, or how names end.
    fileprivate var namesImages: Bool {
        if pattern.hasPrefix("sha256:") { return true }
        return ImageFacts.unversioned(pattern).split(separator: "/").contains { part in
            part.first.map { $0.isLetter || $0.isNumber } ?? false
                || !part.contains("**") && part.split(separator: "*").contains { $0.count >= Self.telling }
        }
    }

    /// How many characters an ending must have to tell images from most others.
    private static let telling = 4
}

extension ImageFacts {
    /// Whether its name fits one of `globs`, or one is its digest; of none it fits every.
    ///
    /// Every digest begins alike, so a pattern that fits one in part would fit any image.
    func fits(_ globs: [Glob]) -> Bool {
        globs.isEmpty || globs.contains { $0.matches(name) || $0.pattern == digest.text }
    }
}
