internal import Model

/// Facts that rules look at one by one.
protocol PlaceableFacts: Facts {
    var location: Location { get }
    /// The fields of few values, in which many agree.
    static var agreed: Set<FactKey> { get }
    /// Their values.
    var agreement: Agreement { get }
    /// What a verdict says of them; `place` compares as the places of all do.
    func subject(place: Int) -> Violations.Subject
}

/// Facts, and what follows from them alone: most rules ask for their path as text.
///
/// A class because every rule goes through all of them, and copying a finding is dearer than most tests.
final class PlacedFacts<Base: PlaceableFacts>: Facts {
    let base: Base
    let subject: Violations.Subject
    private let path: AttributeValue?

    init(_ base: Base, place: Int) {
        self.base = base
        subject = base.subject(place: place)
        path = base.location.path.map { .text($0.description) }
    }

    func value(of field: FactField) -> AttributeValue? {
        field.key == .path ? path : base.value(of: field)
    }
}

extension Finding: PlaceableFacts {
    static let agreed: Set<FactKey> = [.kind, .severity, .confidence, .persistence, .origin]

    var agreement: Agreement {
        Agreement(
            kind: kind.rawValue, severity: severity, confidence: confidence, persistence: persistence,
            origin: origin)
    }

    func subject(place: Int) -> Violations.Subject {
        Violations.Subject(
            kind: .finding, id: id, title: title, noun: "finding", place: place, site: .init(location))
    }
}

extension InventoryItem: PlaceableFacts {
    static let agreed: Set<FactKey> = [.type, .persistence, .origin]

    var agreement: Agreement { Agreement(kind: type.rawValue, persistence: persistence, origin: origin) }

    func subject(place: Int) -> Violations.Subject {
        Violations.Subject(
            kind: .inventory, id: id, title: title, noun: type.noun, place: place, site: .init(location))
    }
}

extension Violations.Site {
    fileprivate init(_ location: Location) { self = location.layer.map { .layer($0.index) } ?? .metadata }
}

extension InventoryType {
    /// As a sentence has it, `trust anchor`.
    fileprivate var noun: String { Self.nouns[self] ?? rawValue }

    private static let nouns = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, $0.rawValue.replacing("-", with: " ")) })
}
