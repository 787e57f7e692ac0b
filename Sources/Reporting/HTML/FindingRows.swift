internal import Model

/// The rows of a long list of findings: the template `finding` is laid out once, with a mark for each name, and then
/// filled in for every subject.
///
/// A page has a mark where the rows of a group belong, and they are put there while it is written, so however many there
/// are, no more than a few are there at once. No text of an image can hold a mark: its control characters were escaped.
struct FindingRows {
    private enum Piece {
        case markup([UInt8])
        /// Of a subject and its first place.
        case text(of: @Sendable (Subject, Placement) -> SafeText)
    }

    private static let mark = "\u{0}"
    private static let portion = 1 << 16

    private let pieces: [Piece]

    /// Where the rows of the group of findings at this position belong.
    static func mark(at position: Int) -> SafeText { SafeText(stringLiteral: "\(mark)\(position)\(mark)") }

    init(_ templates: TemplateLibrary) throws(ReportError) {
        let cells = Self.cells.sorted { $0.key < $1.key }
        let unknown = UnknownNames()
        let marks = cells.enumerated().map { ($0.element.key, Self.mark(at: $0.offset)) }
        let view = TemplateView(Dictionary(marks) { first, _ in first }, unknown: unknown)
        let row = try templates.render("finding", view: view, unknown: unknown)
        pieces = Self.parts(of: Array(row.utf8)).map { part in
            switch part {
            case .markup(let bytes): .markup(Array(bytes))
            case .mark(let position): .text(of: cells[position].value)
            }
        }
    }

    /// Hands on the page with the rows of each of these groups in its place.
    func write(_ page: String, groups: [[Subject]], to sink: ReportSink) throws(ReportError) {
        for part in Self.parts(of: Array(page.utf8)) {
            switch part {
            case .markup(let bytes): try sink(bytes)
            case .mark(let position):
                guard groups.indices.contains(position) else { continue }
                try write(groups[position], to: sink)
            }
        }
    }

    private func write(_ subjects: [Subject], to sink: ReportSink) throws(ReportError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.portion + 4096)
        for subject in subjects {
            let place = subject.placements[0]
            for piece in pieces {
                switch piece {
                case .markup(let markup): bytes += markup
                case .text(let text): HTMLEscaping.escape(text(subject, place).text, into: &bytes)
                }
            }
            guard bytes.count >= Self.portion else { continue }
            try sink(bytes[...])
            bytes.removeAll(keepingCapacity: true)
        }
        try sink(bytes[...])
    }

    private enum Part {
        case markup(ArraySlice<UInt8>)
        case mark(Int)
    }

    private static func parts(of bytes: [UInt8]) -> [Part] {
        // Every second piece stands between two marks.
        bytes.split(separator: 0, omittingEmptySubsequences: false).enumerated().map { position, piece in
            position.isMultiple(of: 2)
                ? .markup(piece) : .mark(Int(String(decoding: piece, as: UTF8.self)) ?? -1)
        }
    }
}

extension FindingRows {
    /// What a row can show, by the names of its template.
    static let cells: [String: @Sendable (Subject, Placement) -> SafeText] = [
        "number": { subject, _ in "\(subject.number)" },
        "anchor": { subject, _ in subject.anchor },
        "title": { subject, _ in subject.title },
        "severity": { subject, _ in .word(subject.severity) },
        "detectorRule": { subject, _ in subject.detectorRule },
        "fingerprint": { subject, _ in subject.fingerprint ?? .empty },
        "id": { .cleaning($1.id, limit: 80) },
        "place": { $1.place },
        "more": { subject, _ in
            let count = subject.placements.count - 1
            return count == 0 ? .empty : " and \(count, "more place")"
        },
        "site": { $1.layerText },
        "fate": { $1.fate },
        "states": { subject, place in
            guard subject.placements.count > 1 else { return "is-\(.word(place.persistence))" }
            let states = Set(subject.placements.map(\.persistence.rawValue)).sorted()
            return .joined(states.map { "is-\(.cleaning($0))" }, by: " ")
        },
    ]
}
