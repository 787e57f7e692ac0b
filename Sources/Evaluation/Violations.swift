internal import Model

/// What breaks a rule: at least one finding, inventory item or the image itself.
struct Violations {
    /// A finding or inventory item that a rule looks at.
    ///
    /// A class because it is handed on for each rule that it breaks.
    final class Subject: Sendable {
        let kind: FactSubject
        let id: String
        let title: String
        /// What there is so many of: `finding`, `trust anchor`.
        let noun: String
        /// Compares as the places of all that a rule looks at do.
        let place: Int
        let site: Site

        init(kind: FactSubject, id: String, title: String, noun: String, place: Int, site: Site) {
            self.kind = kind
            self.id = id
            self.title = title
            self.noun = noun
            self.place = place
            self.site = site
        }
    }

    /// What of an image a subject is in.
    enum Site: Hashable {
        case layer(Int)
        case metadata
        /// It is the image itself.
        case image
    }

    /// Ordered by place, then by id; one for each id.
    let subjects: [Subject]

    /// Nil where nothing breaks the rule.
    init?(_ subjects: [Subject]) {
        guard !subjects.isEmpty else { return nil }
        var seen = Set<String>(minimumCapacity: subjects.count)
        self.subjects = subjects.sorted(by: Self.isBefore).filter { seen.insert($0.id).inserted }
    }

    /// What there is, in words: `4 findings in 3 layers and the metadata`.
    var sentence: String {
        let noun = subjects.allSatisfy { $0.noun == subjects[0].noun } ? subjects[0].noun : "item"
        let sites = Set(subjects.lazy.map(\.site)).subtracting([.image])
        let layers = sites.subtracting([.metadata])
        var places: [String] = []
        if !layers.isEmpty { places.append(Phrase.count(layers.count, "layer")) }
        if sites.contains(.metadata) { places.append("the metadata") }
        guard !places.isEmpty else { return "the image itself breaks it" }
        return "\(Phrase.count(subjects.count, noun)) in \(Phrase.list(places))"
    }

    private static func isBefore(_ left: Subject, _ right: Subject) -> Bool {
        guard left.place == right.place else { return left.place < right.place }
        guard left.id == right.id else { return left.id < right.id }
        return (left.title, left.noun) < (right.title, right.noun)
    }
}
