import Archives
import Detection
import ImageReading
import Model

/// Looks again at files to which links give names that mean something: a file `etc/.a` is told of as `etc/passwd` where
/// that leads to it.
///
/// Entries of a layer go by once, and a link comes behind the file that it leads to, or in another layer. So layers with
/// such files are read a second time, and only those files are shown to the detectors. No usual image has any.
struct AliasInspection {
    private let detectors: DetectorSet
    private var layers: [InspectedLayer]
    /// Bytes that may yet be looked at in the layer at hand.
    private var room = 0

    /// No file that is looked at by several names is larger.
    private static let largestKept = 1 << 20
    /// What looking at one file counts beside its bytes.
    private static let overhead = 4 << 10
    private static let leastRoom = 64 << 20

    /// The layers with what was seen by the names of their links.
    static func run(
        _ layers: [InspectedLayer], of image: Image, detectors: DetectorSet
    ) -> [InspectedLayer] {
        let plan = AliasPlan(layers, tree: image.tree, detectors: detectors)
        var inspection = AliasInspection(detectors: detectors, layers: layers)
        for lost in plan.lost { inspection.note(lost.alias, at: lost.home) }
        for index in plan.unfollowed { inspection.noteUnfollowed(at: index) }
        for (index, wanted) in plan.wanted.sorted(by: { $0.key < $1.key }) {
            inspection.read(index, wanted, of: image)
        }
        return inspection.layers
    }

    private init(detectors: DetectorSet, layers: [InspectedLayer]) {
        self.detectors = detectors
        self.layers = layers
    }

    /// Reads layer `index` once more, and looks at what is wanted of it.
    private mutating func read(_ index: Int, _ wanted: [AliasPlan.Wanted], of image: Image) {
        let report = layers[index].report
        room = max(Self.leastRoom, 2 * report.uncompressedSize)
        var search = AliasSearch(wanted, in: report, detectors: detectors)
        do {
            let memory = DecoderMemory(takesTurns: true)
            let reader = try image.reader(for: layers[index].layer, memory: memory)
            let files = FileInspection(detectors: detectors, memory: memory)
            while let entry = try reader.next() {
                let names = search.names(of: entry)
                if !names.isEmpty {
                    try look(at: entry, reader.content, by: names, files, seen: search.seen(at: entry.path))
                }
            }
            _ = try reader.finish()
        } catch {
            // What was not found before the layer ended is not there for sure.
            for one in wanted { note(one.alias, at: one.home) }
            return
        }
        for one in search.missing { note(one.alias, at: one.home) }
    }

    /// Shows a file to the detectors by other names, and takes down what was not seen by its own.
    private mutating func look(
        at entry: FileEntry, _ content: any ByteSource, by names: [AliasSearch.Name], _ files: FileInspection,
        seen: AliasSearch.Seen
    ) throws {
        let isKept = names.count > 1 && entry.size <= Self.largestKept
        let kept = isKept ? try content.readAll(limit: Self.largestKept) : nil
        for (number, name) in names.enumerated() {
            room -= entry.size + Self.overhead
            guard room > 0, kept != nil || number == 0 else {
                note(name.wanted.alias, at: name.wanted.home)
                continue
            }
            let file = FileEntry(
                path: name.path, kind: .file, size: entry.size, mode: 0, owner: entry.owner,
                group: entry.group)
            let result = try files.inspect(file, content: kept.map { MemoryByteSource($0) } ?? content)
            let sightings = result.sightings.filter { !seen.sightings.contains($0) }
            layers[name.wanted.home].report.add(sightings, at: name.path.told, result.content)
            for gap in result.gaps where !seen.gaps.contains(where: { $0 == gap }) {
                layers[name.wanted.home].report.add(
                    Gap(layer: nil, path: name.path.told, reason: gap.reason, detail: gap.detail))
            }
        }
    }

    private mutating func noteUnfollowed(at index: Int) {
        let detail =
            "entries below a name that is no folder in a layer below: engines differ in what they make"
        layers[index].report.add(Gap(layer: nil, reason: .malformedLayer, detail: detail))
    }

    private mutating func note(_ alias: FileAlias, at home: Int) {
        let detail = "is a link to \(alias.target.told), which was not looked at as such"
        layers[home].report.add(
            Gap(layer: nil, path: alias.path.told, reason: .detectorLimit, detail: detail))
    }
}
