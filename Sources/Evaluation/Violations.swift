internal import Model

/// What breaks a rule: at least one finding, inventory item or the image itself.
struct Violations {
    /// A finding or inventory item that a rule looks at.
    struct Subject {
        let kind: FactSubject
        let id: String
        let title: String
        /// What there is so many of: `finding`, `trust anchor`.
        let noun: String
        /// Nil for the image itself.
        let location: Location?
    }

    /// Ordered by place, then by id; one for each id.
    let subjects: [Subject]

    /// Nil where nothing breaks the rule.
    init?(_ subjects: [Subject]) {
        guard !subjects.isEmpty else { return nil }
        var seen: Set<String> = []
        self.subjects = subjects.sorted(by: Self.isBefore).filter { seen.insert($0.id).inserted }
    }

    /// What there is, in words: `4 findings in 3 layers and the metadata`.
    var sentence: String {
        let nouns = Set(subjects.map(\.noun))
        let noun = nouns.count == 1 ? nouns.first ?? "item" : "item"
        let layers = Set(subjects.compactMap(\.location?.layer?.index))
        var places: [String] = []
        if !layers.isEmpty { places.append(Phrase.count(layers.count, "layer")) }
        if subjects.contains(where: { $0.location != nil && $0.location?.layer == nil }) {
            places.append("the metadata")
        }
        guard !places.isEmpty else { return "the image itself breaks it" }
        return "\(Phrase.count(subjects.count, noun)) in \(Phrase.list(places))"
    }

    private static func isBefore(_ left: Subject, _ right: Subject) -> Bool {
        guard let leftPlace = left.location, let rightPlace = right.location, leftPlace != rightPlace else {
            return (left.id, left.title, left.noun) < (right.id, right.title, right.noun)
        }
        if leftPlace < rightPlace { return true }
        if rightPlace < leftPlace { return false }
        return (left.id, left.title, left.noun) < (right.id, right.title, right.noun)
    }
}
