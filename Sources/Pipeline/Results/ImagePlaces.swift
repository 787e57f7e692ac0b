import Model
import ResultImporting

/// Finds the places that other tools name in the image: layer, instruction, what became of it, how it got there.
///
/// With the image at hand the layers themselves are asked (``LayerTrace``); without it, what the evidence has of them.
struct ImagePlaces {
    /// A place, and all that follows from it.
    struct Place {
        var location: Location
        var createdBy: String?
        var persistence: Persistence
        var removedBy: Removal?
        var origin: TracedOrigin
    }

    /// No path has more folders above it that a scan of unpacked layers could have put there.
    private static let deepestRoot = 24

    private let layers: [LayerFacts]
    /// With those that made no layer.
    private let steps: [LayerFacts]
    private let trace: LayerTrace?
    /// How each layer was made, by its index.
    private let makings: [Int: LayerMaking]
    private var known: [EntryPath: [Int: (Persistence, Removal?)]] = [:]

    init(_ evidence: Evidence, trace: LayerTrace?) {
        layers = evidence.layers.filter { !$0.empty }
        steps = evidence.layers
        self.trace = trace
        let provenance = Provenance(image: evidence.image)
        let made = layers.compactMap { layer in
            layer.index.map { ($0, provenance.making(ofLayer: $0, createdBy: layer.createdBy)) }
        }
        makings = Dictionary(made) { first, _ in first }
        guard trace == nil else { return }
        let placed =
            evidence.findings.map { ($0.location, $0.persistence, $0.removedBy) }
            + evidence.inventory.map { ($0.location, $0.persistence, $0.removedBy) }
        for (location, persistence, removedBy) in placed {
            guard let layer = location.layer, let path = location.path else { continue }
            known[path, default: [:]][layer.index] = (persistence, removedBy)
        }
    }

    /// Whether the image has a layer of this digest or diffID.
    func has(layer name: String) -> Bool { index(ofLayer: name) != nil }

    /// Where `place` is; `isUnpacked`: whether paths may begin with the folder that the image was unpacked into.
    func place(_ place: ImportedPlace, isUnpacked: Bool) -> Place {
        switch place.kind {
        case .file(let name):
            return file(name, place, isUnpacked: isUnpacked)
        case .metadata(let field): return metadata(Location(config: field), place)
        case .source(let file): return metadata(Location(config: Location.sourcePrefix + file), place)
        case .image: return metadata(Location(config: Location.wholeImage), place)
        }
    }

    private func metadata(_ location: Location, _ place: ImportedPlace) -> Place {
        var location = location
        location.line = place.line
        location.column = place.column
        location.within = place.within
        let field = location.config ?? ""
        let step = field.hasPrefix("history/") ? Int(field.dropFirst("history/".count)) : nil
        return Place(
            location: location,
            createdBy: step.flatMap { step in steps.first { $0.history == step }?.createdBy },
            persistence: location.site == .metadata ? .metadata : .unknown, origin: Self.origin(of: location))
    }

    private static func origin(of location: Location) -> TracedOrigin {
        switch location.site {
        case .image: TracedOrigin(origin: .unknown, reason: "the results name no place in the image")
        case .source: TracedOrigin(origin: .unknown, reason: "the results are of the source code")
        case .layer, .unknownLayer, .metadata: Provenance.trace(field: location.config ?? "")
        }
    }

    private func file(_ name: String, _ place: ImportedPlace, isUnpacked: Bool) -> Place {
        var path = EntryPath(name)
        var layer = place.layer.flatMap(index)
        if layer == nil, isUnpacked {
            (path, layer) = unpacked(path)
        } else if layer == nil {
            layer = uppermost(path)
        }
        guard let layer, let facts = layers.first(where: { $0.index == layer }), let digest = facts.digest,
            let diffID = facts.diffID, let making = makings[layer]
        else { return adrift(path, place) }
        let fate = fate(of: path, in: layer)
        return Place(
            location: Location(
                layer: .init(index: layer, digest: digest, diffID: diffID), path: path, line: place.line,
                column: place.column, within: place.within),
            createdBy: facts.createdBy, persistence: fate.persistence, removedBy: fate.removedBy,
            origin: making.trace(path))
    }

    /// A file of which no layer is known.
    private func adrift(_ path: EntryPath, _ place: ImportedPlace) -> Place {
        var location = Location(config: "", within: place.within)
        location.config = nil
        location.path = path
        location.line = place.line
        location.column = place.column
        return Place(
            location: location, createdBy: nil, persistence: .unknown,
            origin: TracedOrigin(origin: .unknown, reason: "the results name no layer that has the file"))
    }

    private func fate(of path: EntryPath, in layer: Int) -> (persistence: Persistence, removedBy: Removal?) {
        if let trace {
            let fate = trace.fate(of: path, in: layer)
            let removal = fate.removedBy.map { index in
                Removal(index: index, createdBy: layers.first { $0.index == index }?.createdBy)
            }
            return (fate.persistence, removal)
        }
        if let fate = known[path]?[layer] { return fate }
        return (layer == layers.compactMap(\.index).max() ? .present : .unknown, nil)
    }

    private func index(ofLayer name: String) -> Int? {
        layers.first { $0.diffID?.text == name || $0.digest?.text == name }?.index
    }

    private func uppermost(_ path: EntryPath) -> Int? {
        trace?.layer(with: path) ?? known[path]?.keys.max()
    }

    /// The path in the image of a file in unpacked layers, and its layer where a folder is named for one.
    private func unpacked(_ path: EntryPath) -> (EntryPath, Int?) {
        let parts = path.components
        for (position, part) in parts.enumerated().prefix(Self.deepestRoot) {
            let name = String(decoding: part, as: UTF8.self)
            let hex = name.split(whereSeparator: { $0 == ":" || $0 == "-" || $0 == "_" || $0 == "." }).first {
                $0.utf8.count == 64
            }
            guard let hex, let layer = index(ofLayer: "sha256:\(hex)") else { continue }
            return (Self.path(parts.dropFirst(position + 1)), layer)
        }
        for start in 0..<min(parts.count, Self.deepestRoot) {
            let rest = Self.path(parts.dropFirst(start))
            if let layer = uppermost(rest) { return (rest, layer) }
        }
        return (path, nil)
    }

    private static func path(_ parts: ArraySlice<ArraySlice<UInt8>>) -> EntryPath {
        EntryPath(parts.joined(separator: [UInt8(ascii: "/")]))
    }
}
