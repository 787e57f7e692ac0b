import Cryptography
import Detection
import Model

extension FileInspection {
    /// What one file of the layer held, as much as a report on a layer has room for: a file holds any number of others.
    struct Result: Sendable {
        private(set) var sightings: [Sighting] = []
        private(set) var gaps: [(reason: GapReason, detail: String)] = []
        /// Of the whole file, where something was seen in it that packages ship.
        var content: ContentDigests?
        /// The object of a Git repository that the file is, where it may be named by another.
        var looseObject: LooseObjects.Found?
        /// Whether nothing more that is seen is kept.
        private(set) var isFull = false
        private var isGapListFull = false
        private var sightingWeight = 0
        private var gapWeight = 0

        /// About how many bytes of memory it takes.
        var weight: Int { sightingWeight + gapWeight + (looseObject?.weight ?? 0) }

        /// Takes down what was seen; what goes beyond the limit is dropped, and that is a gap.
        mutating func add(_ seen: some Sequence<Sighting>) {
            for sighting in seen {
                guard !isFull else { return }
                sightingWeight += sighting.weight
                isFull =
                    sightings.count >= LayerReport.sightingLimit
                    || sightingWeight > LayerReport.sightingWeightLimit
                guard !isFull else {
                    return gaps.append(
                        (
                            .detectorLimit,
                            "more than \(sightings.count) findings in one file; the rest is not listed"
                        ))
                }
                sightings.append(sighting)
            }
        }

        /// Takes down a gap; the last one that there is room for says that more are not listed.
        mutating func note(_ reason: GapReason, _ detail: String) {
            guard !isGapListFull else { return }
            gapWeight += 100 + detail.utf8.count
            isGapListFull = gaps.count >= LayerReport.gapLimit || gapWeight > LayerReport.gapWeightLimit
            gaps.append(
                isGapListFull
                    ? (.detectorLimit, "more than \(gaps.count) gaps in one file; the rest is not listed")
                    : (reason, detail))
        }

        mutating func note(_ gaps: [(reason: GapReason, detail: String)]) {
            for gap in gaps { note(gap.reason, gap.detail) }
        }

        /// Tells of the parts of a file, which stand at `depth` in what each sighting is within, by other names.
        mutating func rename(_ names: [String: String], at depth: Int) {
            for index in sightings.indices where sightings[index].place.within.count > depth {
                guard let name = names[sightings[index].place.within[depth]] else { continue }
                sightings[index].place.within[depth] = name
                sightingWeight += name.utf8.count
            }
        }

        /// Takes in what was seen in a part of the file, and what was not.
        mutating func add(_ part: Result) {
            add(part.sightings)
            note(part.gaps)
            looseObject = looseObject ?? part.looseObject
        }
    }
}

extension Sighting {
    /// About how many bytes of memory it takes until it is in the reports, as what it becomes on the way as well.
    var weight: Int { 2_000 + place.within.reduce(0) { $0 + $1.utf8.count } }
}
