package import Model
import Reporting

/// A waiver for somebody to fill in: what it is about is written out, and what only people know is empty, so that it does
/// not load before they have said it.
package enum WaiverDraft {
    /// So many places are written out.
    private static let most = 20

    /// What the waiver is about, in the images that have it.
    private struct Subject {
        let title: String
        /// Every place that the waiver covers, in order.
        let places: [String]
        let id: String
        /// Nil where it is known by its id.
        let fingerprint: Fingerprint?
        let images: [Digest]

        init(
            title: String, places: [Location], id: String, fingerprint: Fingerprint? = nil,
            in images: [Evidence]
        ) {
            self.title = SafeText.cleaning(title, limit: 100).text
            var seen: Set<String> = []
            self.places = places.map { SafeText.cleaning($0.summary, limit: 200).text }
                .filter { seen.insert($0).inserted }
            self.id = id
            self.fingerprint = fingerprint
            self.images = Set(images.map(\.image.digest)).sorted()
        }
    }

    /// The document, line by line, for the finding whose id or fingerprint begins with `name`, or the item whose id does.
    package static func lines(
        for name: String, in stored: StoredEvidence, from first: Instant, days: Int
    ) throws(AuditError) -> [String] {
        let images = try EvidenceInput.read(stored).images(of: stored.place)
        if let item = item(called: name, in: images) { return document(item, from: first, days: days) }
        let finding = try finding(called: name, in: images, of: stored.place)
        return document(finding, from: first, days: days)
    }

    private static func finding(
        called name: String, in images: [Evidence], of place: String
    ) throws(AuditError) -> Subject {
        let found = try FindingSearch.findings(called: name, in: images, of: place)
        let isSecret = FindingSearch.isFingerprint(name, of: found[0])
        return Subject(
            title: found[0].title, places: found.map(\.location), id: found[0].id,
            fingerprint: isSecret ? found[0].fingerprint : nil,
            in: images.filter { !FindingSearch.all(called: name, in: $0).isEmpty })
    }

    /// The only item whose id begins so, where no finding's does.
    private static func item(called name: String, in images: [Evidence]) -> Subject? {
        let name = name.lowercased()
        guard name.utf8.count >= FindingSearch.shortest,
            images.allSatisfy({ FindingSearch.all(called: name, in: $0).isEmpty })
        else { return nil }
        let found = images.flatMap(\.inventory).filter { $0.id.hasPrefix(name) }
        guard let first = found.first, found.allSatisfy({ $0.id == first.id }) else { return nil }
        return Subject(
            title: first.title, places: [first.location], id: first.id,
            in: images.filter { $0.inventory.contains { $0.id == first.id } })
    }

    private static func document(_ subject: Subject, from first: Instant, days: Int) -> [String] {
        let key = subject.fingerprint?.short ?? String(subject.id.prefix(8))
        let others = subject.places.dropFirst()
        let left = others.count - (most - 1)
        let further = others.prefix(most - 1).map { "  #   and \($0)" }
        return ["apiVersion: palimpsest/v1", "kind: Waivers", "waivers:"]
            + ["  # \(subject.title): \(subject.places[0])"] + further
            + (left > 0 ? ["  #   and \(left) more places"] : []) + [
                "  - id: waive-\(key)",
                "    \(subject.fingerprint.map { "fingerprint: \($0)" } ?? "finding: \(subject.id)")",
                "    images: [\(subject.images.map { "\"\($0)\"" }.joined(separator: ", "))]",
                "    justification: \"\"  # why the risk can be borne",
                "    owner: \"\"  # who bears it",
                "    approver: \"\"  # who accepts it: somebody else",
                "    ticket: \"\"  # where it was decided",
                "    created: \(first.day)",
                "    expires: \(first.adding(days: days - 1).day)  # its last day",
            ]
    }
}
