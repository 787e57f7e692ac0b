internal import Archives
internal import Model

/// Holds the entries of a tar stream against what engines read in the same blocks, which go by another reader.
struct EngineView {
    /// Where engines look for the next header; nil where that is not known.
    private var due: Int?

    /// Behind an entry that cannot be read nobody knows where engines are.
    mutating func lose() { due = nil }

    /// What engines read otherwise of `entry`, whose header blocks are `header`; nil where it is the same to them.
    ///
    /// `place` is where in the stream those begin; of too many some are missing.
    mutating func objection(
        to entry: ArchiveEntry, _ header: Span<UInt8>, missing: Int, at place: Int
    ) -> String? {
        let isThere = isDue(at: place)
        due = nil
        guard missing == 0 else { return nil }
        guard let engine = EngineHeader(header) else { return "an entry whose header engines do not read" }
        due = place + engine.end
        guard isThere else { return Self.elsewhere }
        if engine.name != entry.path, EntryPath(engine.name) != EntryPath(entry.path) {
            return "an entry that has another name to engines"
        }
        if !Self.isSameKind(engine, entry) { return "an entry that is of another kind to engines" }
        if engine.isAmbiguous { return "an entry of which a record says two things" }
        if !Self.isSymbolic(entry), engine.mode != entry.mode {
            return "an entry that has other permissions to engines"
        }
        // What engines do not know of does no harm.
        if let capabilities = engine.capabilities,
            capabilities != entry.extendedAttributes["security.capability"]
        {
            return "an entry that has other capabilities to engines"
        }
        if entry.kind == .file, engine.size != entry.size ?? 0 {
            return "an entry that has another size to engines"
        }
        return nil
    }

    /// The same for the end of the stream.
    mutating func objection(toEndAt place: Int) -> String? { isDue(at: place) ? nil : Self.elsewhere }

    private static let elsewhere = "an entry whose end lies elsewhere to engines"

    private func isDue(at place: Int) -> Bool { due.map { $0 == place } ?? true }

    private static func isSymbolic(_ entry: ArchiveEntry) -> Bool {
        if case .symbolicLink = entry.kind { true } else { false }
    }

    /// Engines refuse what is of a kind that they do not know.
    private static func isSameKind(_ engine: EngineHeader, _ entry: ArchiveEntry) -> Bool {
        switch engine.type {
        case UInt8(ascii: "0"): entry.kind == .file
        case UInt8(ascii: "1"):
            if case .hardLink(let target) = entry.kind {
                EntryPath(engine.target) == EntryPath(target)
            } else {
                false
            }
        case UInt8(ascii: "2"): entry.kind == .symbolicLink(target: engine.target)
        case UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "6"): entry.kind == .special
        case UInt8(ascii: "5"): entry.kind == .folder
        default: true
        }
    }
}
