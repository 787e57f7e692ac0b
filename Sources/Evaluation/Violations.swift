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
        /// The same for what is one thing in several places, such as a secret.
        let thing: Int
        /// Nil for the image itself.
        let site: Location.Site?

        init(
            kind: FactSubject, id: String, title: String, noun: String, place: Int, thing: Int,
            site: Location.Site?
        ) {
            self.kind = kind
            self.id = id
            self.title = title
            self.noun = noun
            self.place = place
            self.thing = thing
            self.site = site
        }
    }

    /// Ordered by place, then by id; one for each id.
    let subjects: [Subject]
    /// How many things they are: a secret in several places is one, as in every report.
    let count: Int

    /// Nil where nothing breaks the rule.
    init?(_ subjects: [Subject]) {
        guard !subjects.isEmpty else { return nil }
        var seen = Set<String>(minimumCapacity: subjects.count)
        self.subjects = subjects.sorted(by: Self.isBefore).filter { seen.insert($0.id).inserted }
        count = Set(subjects.lazy.map(\.thing)).count
    }

    /// What there is, in words: `4 findings in 3 layers and the metadata`, `4 findings, at 6 places in 3 layers`.
    var sentence: String {
        let noun = subjects.allSatisfy { $0.noun == subjects[0].noun } ? subjects[0].noun : "item"
        let places = Set(subjects.lazy.compactMap(\.site)).names
        guard !places.isEmpty else { return "the image itself breaks it" }
        let spread = subjects.count > count ? ", at \(Phrase.count(subjects.count, "place"))" : ""
        return "\(Phrase.count(count, noun))\(spread) in \(Phrase.list(places))"
    }

    private static func isBefore(_ left: Subject, _ right: Subject) -> Bool {
        guard left.place == right.place else { return left.place < right.place }
        guard left.id == right.id else { return left.id < right.id }
        return (left.title, left.noun) < (right.title, right.noun)
    }
}
