import Cryptography
import Detection
import ImageReading
import Model

/// What one layer held, and what of it could not be read, wherever in an image the layer lies.
struct LayerReport: Sendable, Codable {
    /// Something seen in a file of the layer.
    struct Seen: Sendable, Codable {
        let path: EntryPath
        var sighting: Sighting
        /// Whether it is in the file's name, which an upper layer that writes the file anew does not hide.
        var isName = false
        /// Of the file's own content, where it was small enough to be held against a package's checksum.
        var content: ContentDigests?
    }

    private(set) var sightings: [Seen] = []
    var changes = LayerChanges()
    /// What the package databases in the layer say of files.
    var packages = PackageRecords.none
    /// None of them says in which layer: ``InspectedLayer`` does.
    private(set) var gaps: [Gap] = []
    /// Links to files that are looked at for more by these names.
    private(set) var aliases: [FileAlias] = []
    private var aliasWeight = 0
    private var isAliasListFull = false
    /// Whether findings were dropped.
    private var isOverfull = false
    private var isGapListFull = false
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
    func outline(of layer: LayerDescriptor, isKnown: Bool, isRepeated: Bool) -> LayerOutline {
        let secrets = secrets
        // One secret in several places is one, as in the reports.
        let known = secrets.compactMap(\.fingerprint)
        return LayerOutline(
            index: layer.index, digest: layer.digest.text, bytes: layer.size,
            findings: Set(known).count + secrets.count - known.count, gaps: gaps.count, isKnown: isKnown,
            isRepeated: isRepeated)
    }

    /// Whether less memory than usual was left for something in it, which depends on how the layer is compressed.
    var wasShortOfMemory = false

    /// Whether the layer gives the same report in whatever compression: what could not be read may be read in another.
    var isOfEveryForm: Bool { !wasShortOfMemory && !gaps.contains(where: \.reason.blocksPass) }

    /// About how many bytes of memory it takes.
    var weight: Int { sightingWeight + gapWeight + aliasWeight + changes.weight + packages.weight + 1_000 }
    private var sightingWeight = 0
    private var gapWeight = 0

    static let manyPaths = "more names or hard links than are kept, so what hides what is not fully told"
    /// No honest layer has more; what a hostile one has beyond them would only fill memory.
    static let sightingLimit = 20_000
    static let gapLimit = 2_000
    /// Names may be a mebibyte long each.
    static let sightingWeightLimit = 44 << 20
    static let gapWeightLimit = 2 << 20
    /// A layer with a store of packages' files, to each of which others link, has some thousand.
    static let aliasWeightLimit = 4 << 20

    /// Takes down what was seen in a file; what goes beyond the limit is dropped, and that is a gap.
    mutating func add(_ seen: [Sighting], at path: EntryPath, _ content: ContentDigests? = nil) {
        add(seen.map { Seen(path: path, sighting: $0, content: content) })
    }

    /// The same for what was seen in what an entry holds beside its content.
    mutating func add(_ seen: [Seen]) {
        for one in seen {
            let weight = one.sighting.weight + one.path.bytes.count
            guard sightings.count < Self.sightingLimit,
                sightingWeight + weight <= Self.sightingWeightLimit
            else { return noteOverfull() }
            sightings.append(one)
            sightingWeight += weight
        }
    }

    private mutating func noteOverfull() {
        guard !isOverfull else { return }
        isOverfull = true
        let detail = "more than \(sightings.count) findings in one layer; the rest is not listed"
        gaps.append(Gap(layer: nil, reason: .detectorLimit, detail: detail))
    }

    /// Takes down a gap; the last one that there is room for says that more are not listed.
    mutating func add(_ gap: Gap) {
        guard !isGapListFull else { return }
        let weight = 200 + (gap.path?.bytes.count ?? 0) + gap.detail.utf8.count
        isGapListFull = gaps.count >= Self.gapLimit - 1 || gapWeight + weight > Self.gapWeightLimit
        gapWeight += isGapListFull ? 0 : weight
        let detail = "more than \(gaps.count) gaps in one layer; the rest is not listed"
        gaps.append(isGapListFull ? Gap(layer: nil, reason: .detectorLimit, detail: detail) : gap)
    }

    /// Takes down a link to a file; one that there is no room for is a gap.
    mutating func add(_ alias: FileAlias) {
        guard !isAliasListFull else { return }
        guard aliasWeight + alias.weight <= Self.aliasWeightLimit else {
            isAliasListFull = true
            let detail = "more links than are followed to files that mean something by their names"
            return add(Gap(layer: nil, path: alias.path.told, reason: .detectorLimit, detail: detail))
        }
        aliases.append(alias)
        aliasWeight += alias.weight
    }

    /// Has the links lead where the layer's other links take them, and forgets those that mean nothing there.
    mutating func settleAliases(_ detectors: DetectorSet, following: (EntryPath) -> EntryPath?) {
        let all = aliases
        (aliases, aliasWeight) = ([], 0)
        for alias in all {
            if let settled = alias.led(to: following(alias.target) ?? alias.target, detectors) {
                add(settled)
            }
        }
    }

    /// Forgets what it did to other layers, and all findings and gaps but the first, for the sake of the other reports.
    mutating func shed(keeping room: Int) {
        changes = changes.forgotten
        (aliases, aliasWeight) = ([], 0)
        packages = .none
        var kept = LayerReport()
        for one in sightings where kept.sightingWeight < room { kept.add([one]) }
        for gap in gaps where kept.gapWeight < room / 10 { kept.add(gap) }
        (sightings, sightingWeight) = (kept.sightings, kept.sightingWeight)
        (gaps, gapWeight) = (kept.gaps, kept.gapWeight)
        let detail =
            "more findings, gaps and names in all layers together than are kept; this one's are not all listed"
        gaps.append(Gap(layer: nil, reason: .detectorLimit, detail: detail))
    }
}
