internal import Model

/// Facts that rules look at one by one.
protocol PlaceableFacts: Facts {
    var location: Location { get }
    /// The fields of few values, in which many agree.
    static var agreed: Set<FactKey> { get }
    /// Their values.
    var agreement: Agreement { get }
    /// What is one thing in several places has in common.
    var identity: String { get }
    /// What a verdict says of them; `place` compares as the places of all do, and `thing` is the same for one identity.
    func subject(place: Int, thing: Int) -> Violations.Subject
}

/// Facts, and what follows from them alone: most rules ask for their path as text.
///
/// It says where they are among all others, because copying a finding is dearer than most tests; and it is a class
/// because every rule that is about its group goes through all of them.
final class PlacedFacts<Base: PlaceableFacts>: Facts {
    let subject: Violations.Subject
    private let all: [Base]
    private let position: Int
    private let path: AttributeValue?

    /// Each of `all` in turn.
    static func each(of all: [Base]) -> [PlacedFacts] {
        let order = PlaceOrder(all.map(\.location))
        var things: [String: Int] = [:]
        return all.indices.map { position in
            let next = things.count
            let thing = things[all[position].identity, default: next]
            if thing == next { things[all[position].identity] = next }
            return PlacedFacts(all, at: position, place: order[position], thing: thing)
        }
    }

    private init(_ all: [Base], at position: Int, place: Int, thing: Int) {
        self.all = all
        self.position = position
        subject = all[position].subject(place: place, thing: thing)
        path = all[position].location.path.map { .text($0.description) }
    }

    var location: Location { all[position].location }
    var agreement: Agreement { all[position].agreement }

    func value(of field: FactField) -> AttributeValue? {
        field.key == .path ? path : all[position].value(of: field)
    }
}

extension Finding: PlaceableFacts {
    static let agreed: Set<FactKey> = [
        .kind, .severity, .confidence, .persistence, .origin, .config, .rated, .verified, .suppressed,
    ]

    var agreement: Agreement {
        Agreement(
            kind: kind.rawValue, severity: severity, confidence: confidence, persistence: persistence,
            origin: origin, config: location.config.map(ExactText.init),
            standing: .init(isRated: isRated, isVerified: isVerified, isSuppressed: isSuppressed))
    }

    func subject(place: Int, thing: Int) -> Violations.Subject {
        Violations.Subject(
            kind: .finding, id: id, title: title, noun: "finding", place: place, thing: thing,
            site: location.site)
    }
}

extension InventoryItem: PlaceableFacts {
    static let agreed: Set<FactKey> = [.type, .persistence, .origin, .config]

    var agreement: Agreement {
        Agreement(
            kind: type.rawValue, persistence: persistence, origin: origin,
            config: location.config.map(ExactText.init))
    }

    func subject(place: Int, thing: Int) -> Violations.Subject {
        Violations.Subject(
            kind: .inventory, id: id, title: title, noun: type.noun, place: place, thing: thing,
            site: location.site)
    }
}

extension InventoryType {
    /// As a sentence has it, `trust anchor`.
    fileprivate var noun: String { Self.nouns[self] ?? rawValue }

    private static let nouns = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, $0.rawValue.replacing("-", with: " ")) })
}
