import Detection
import ImageReading
import Model

/// What one layer held, and what of it could not be read, wherever in an image the layer lies.
struct LayerReport: Sendable {
    /// Something seen in a file of the layer.
    struct Seen: Sendable {
        let path: EntryPath
        let sighting: Sighting
        /// Whether it is in the file's name, which an upper layer that writes the file anew does not hide.
        var isName = false
    }

    private(set) var sightings: [Seen] = []
    var changes = LayerChanges()
    /// None of them says in which layer: ``InspectedLayer`` does.
    private(set) var gaps: [Gap] = []
    /// Whether findings were dropped.
    private var isOverfull = false
    var entries = 0
    var uncompressedSize = 0
    var bytesScanned = 0
    /// Whether the layer was read to its end and is the one that the image names.
    var isProven = false
    var skipped: [LayerFacts.Skipped] = []

    /// The secrets that were found, known by their fingerprints.
    var secrets: [SightedFinding] {
        sightings.compactMap { if case .finding(let finding) = $0.sighting { finding } else { nil } }
    }

    /// What is said of `layer`, which this is the report on, while the audit goes on.
    func outline(of layer: LayerDescriptor, isRepeated: Bool) -> LayerOutline {
        LayerOutline(
            index: layer.index, digest: layer.digest.text, bytes: layer.size, findings: secrets.count,
            gaps: gaps.count, isRepeated: isRepeated)
    }

    /// About how many bytes of memory it takes.
    var weight: Int { sightings.count * 800 + gaps.count * 200 + changes.weight + 1_000 }

    /// No honest layer has more; what a hostile one has beyond them would only fill memory.
    static let sightingLimit = 20_000
    static let gapLimit = 2_000

    /// Takes down what was seen in a file; what goes beyond the limit is dropped, and that is a gap.
    mutating func add(_ seen: [Sighting], at path: EntryPath) {
        add(seen.map { Seen(path: path, sighting: $0) }, at: path)
    }

    /// The same for what was seen in what an entry holds beside its content.
    mutating func add(_ seen: [Seen], at path: EntryPath) {
        let room = Self.sightingLimit - sightings.count
        sightings += seen.prefix(room)
        guard seen.count > room, !isOverfull else { return }
        isOverfull = true
        let detail = "more than \(Self.sightingLimit) findings in one layer; the rest is not listed"
        gaps.append(Gap(layer: nil, path: path, reason: .detectorLimit, detail: detail))
    }

    /// Takes down a gap; the last one that there is room for says that more are not listed.
    mutating func add(_ gap: Gap) {
        guard gaps.count < Self.gapLimit else { return }
        let isLast = gaps.count == Self.gapLimit - 1
        let detail = "more than \(Self.gapLimit - 1) gaps in one layer; the rest is not listed"
        gaps.append(isLast ? Gap(layer: nil, reason: .detectorLimit, detail: detail) : gap)
    }
}
