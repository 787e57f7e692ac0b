import Model
import YAMLDocuments

/// What has names that must be unique, and that others refer to.
enum NameSpace: String, Sendable, CaseIterable {
    case framework, group, control, rule, detector, waiver, parameter
    case allowList = "allow list"
    case anchor = "trust anchor"

    /// Whether each document has names of its own; otherwise all documents share them.
    var isLocal: Bool { self == .group || self == .control }
}

/// A name where it is given or used.
struct NamedPlace: Hashable, Sendable {
    let name: String
    let space: NameSpace
    let mark: YAMLMark
}

/// Holds the names that documents use against those they give.
enum NameCheck {
    private struct Scope: Hashable {
        let space: NameSpace
        /// The document, where it has names of its own.
        let document: Int?
    }

    /// Reports every name that is given twice, and every reference to none, in the documents' order.
    ///
    /// `known` are rules that none of the documents has. Of names in `undecidable` spaces nobody knows what a policy would
    /// have given that is not there.
    static func run(
        over readings: inout [Reading], known: [DetectorRule] = [], undecidable: Set<NameSpace> = []
    ) {
        var given: [Scope: [String: String]] = [:]
        given[Scope(space: .detector, document: nil)] = Dictionary(known.map { ($0.id, $0.source) }) {
            first, _ in
            first
        }
        for document in readings.indices {
            for declaration in readings[document].declarations {
                let scope = scope(declaration, document)
                if let first = given[scope]?[declaration.name] {
                    let name = "the \(declaration.space.rawValue) \(DisplayText.quoted(declaration.name))"
                    readings[document].report(
                        .duplicate, at: declaration.mark,
                        "\(name) stands here a second time, first at \(first)")
                } else {
                    given[scope, default: [:]][declaration.name] = readings[document].place(declaration.mark)
                }
            }
        }
        for document in readings.indices {
            for reference in readings[document].references {
                let names = given[scope(reference, document)] ?? [:]
                guard names[reference.name] == nil, !undecidable.contains(reference.space) else { continue }
                readings[document].report(
                    .unknownReference, at: reference.mark,
                    "there is no \(reference.space.rawValue) \(DisplayText.quoted(reference.name))",
                    suggestion: Suggestion.nearest(to: reference.name, among: names.keys.sorted()))
            }
        }
    }

    private static func scope(_ place: NamedPlace, _ document: Int) -> Scope {
        Scope(space: place.space, document: place.space.isLocal ? document : nil)
    }
}
