import Archives
import Detection
import Model

/// What one entry of a layer held, kept while others before it are still inspected.
struct EntryReport {
    let path: EntryPath
    /// Why no archiver writes such an entry; nil where one may.
    private let oddity: String?
    /// What was seen in what it holds beside its content, and what of that was not looked at.
    private var seen: [LayerReport.Seen] = []
    private var gaps: [Gap] = []
    /// What its content held, or who inspects it.
    var content = FileCrew.Outcome.inspected(FileInspection.Result())

    init(_ entry: FileEntry) {
        path = entry.path
        oddity = PathOddity.first(of: entry)
    }

    /// What stands behind the last entry, which is the one at `path`.
    init(behind path: EntryPath) {
        self.path = path
        oddity = nil
    }

    mutating func add(_ texts: EntryTextInspection.Result) {
        seen += texts.seen.map { seen in
            var sighting = seen.sighting
            sighting.place.within = [seen.part] + sighting.place.within
            return LayerReport.Seen(path: seen.path.told, sighting: sighting, isName: seen.isName)
        }
        if let shortfall = texts.shortfall { gaps.append(gap(.detectorLimit, shortfall)) }
    }

    /// Takes note of an entry whose header says more than once what it is called: programs differ in which they believe.
    mutating func note(_ names: TarNames) {
        if names.names > 1 { gaps.append(gap(.malformedLayer, "an entry that has two names")) }
        if names.targets > 1 { gaps.append(gap(.malformedLayer, "an entry that has two link targets")) }
    }

    mutating func note(missing bytes: Int) {
        gaps.append(gap(.sizeLimit, bytes: bytes, FileInspection.longHeaders))
    }

    /// Adds it to the report on its layer, in whose content this was seen.
    func enter(into report: inout LayerReport, _ result: FileInspection.Result) {
        report.add(seen)
        for gap in gaps { report.add(gap) }
        report.add(result.sightings, at: path.told, result.content)
        for found in result.gaps { report.add(gap(found.reason, found.detail)) }
        if let oddity { report.add(gap(.malformedLayer, oddity)) }
    }

    /// About how many bytes of memory it takes, without the file that is still inspected.
    var weight: Int {
        let texts = seen.reduce(path.bytes.count) { $0 + $1.sighting.weight }
        if case .inspected(let result) = content { return texts + result.weight }
        return texts
    }

    private func gap(_ reason: GapReason, bytes: Int = 0, _ detail: String) -> Gap {
        Gap(layer: nil, path: path.told, reason: reason, bytes: bytes, detail: detail)
    }
}
