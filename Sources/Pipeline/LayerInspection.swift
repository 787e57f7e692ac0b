import Archives
import Detection
import ImageReading
import Model

/// What one layer held, and what of it could not be read.
struct LayerReport: Sendable {
    /// Something seen in a file of the layer.
    struct Placed: Sendable {
        let path: EntryPath
        let sighting: Sighting
    }

    let layer: LayerDescriptor
    var sightings: [Placed] = []
    var changes = LayerChanges()
    var gaps: [Gap] = []
    var entries = 0
    var uncompressedSize = 0
    var bytesScanned = 0
    /// Whether the layer was read to its end and is the one that the image names.
    var isProven = false
    var skipped: [LayerFacts.Skipped] = []
}

/// Reads one layer to its end and shows every byte of it to the detectors.
struct LayerInspection {
    private let layer: LayerDescriptor
    private let files: FileInspection
    private var report: LayerReport
    /// How many gaps there were for each reason, told one by one or not.
    private var gapCounts: [GapReason: Int] = [:]

    /// More of one kind in a layer help nobody and cost memory: the rest is counted.
    private static let gapLimit = 1_000
    private static let sightingLimit = 50_000

    /// What `layer` of `image` holds; whatever goes wrong is in the report, and never an empty one.
    static func run(_ layer: LayerDescriptor, of image: Image, detectors: DetectorSet) -> LayerReport {
        var inspection = LayerInspection(layer: layer, detectors: detectors)
        do {
            inspection.read(try image.reader(for: layer))
        } catch {
            inspection.note(error.gapReason, bytes: layer.size, String(describing: error))
        }
        return inspection.report
    }

    private init(layer: LayerDescriptor, detectors: DetectorSet) {
        self.layer = layer
        files = FileInspection(detectors: detectors)
        report = LayerReport(layer: layer)
    }

    private mutating func read(_ reader: LayerReader) {
        var watched = 0
        do {
            while let entry = try reader.next() {
                let result = try files.inspect(entry, content: reader.content)
                watched += entry.size
                take(result.sightings, at: entry.path)
                for gap in result.gaps { note(gap.reason, at: entry.path, gap.detail) }
            }
            close(try reader.finish())
        } catch {
            let failure = Self.failure(error, of: layer)
            abandon(reader, failure, watched: watched)
        }
        report.changes = reader.changes
        summarise()
    }

    private mutating func take(_ sightings: [Sighting], at path: EntryPath) {
        let room = Self.sightingLimit - report.sightings.count
        report.sightings += sightings.prefix(room).map { .init(path: path, sighting: $0) }
        if sightings.count > room {
            note(.detectorLimit, at: path, "more than \(Self.sightingLimit) sightings in one layer")
        }
    }

    /// Tells how many gaps were left out.
    private mutating func summarise() {
        for (reason, count) in gapCounts.sorted(by: { $0.key < $1.key }) where count > Self.gapLimit {
            report.gaps.append(
                Gap(
                    layer: layer.index, reason: reason,
                    detail: "\(count - Self.gapLimit) more of these in the layer, not listed"))
        }
    }

    private static func failure(_ error: any Error, of layer: LayerDescriptor) -> ImageError {
        switch error {
        case let error as ImageError: error
        case let error as ArchiveError: ImageError(error, at: layer.digest.text)
        default:
            ImageError(
                .unreadable, at: layer.digest.text, "detectors could not start",
                underlying: String(describing: error))
        }
    }

    /// Takes down the totals of a layer that was read and proven to its last byte.
    private mutating func close(_ totals: LayerTotals) {
        report.isProven = true
        report.entries = totals.entries
        report.uncompressedSize = totals.uncompressedSize
        report.bytesScanned = totals.uncompressedSize - totals.bytesAfterEnd
        if totals.bytesAfterEnd > 0 {
            report.skipped = [.init(reason: .malformedLayer, bytes: totals.bytesAfterEnd, entries: 0)]
            note(
                .malformedLayer, bytes: totals.bytesAfterEnd,
                "bytes follow the end of the tar stream, where no program looks")
        }
        for warning in totals.warnings { note(.malformedArchive, at: warning.path, warning.text) }
    }

    /// Takes down what can be said of a layer that failed: what was seen counts, the rest is skipped.
    private mutating func abandon(_ reader: LayerReader, _ failure: ImageError, watched: Int) {
        let totals = reader.abandon()
        report.entries = totals.entries
        report.uncompressedSize = totals.uncompressedSize
        report.bytesScanned = min(watched, totals.uncompressedSize)
        let rest = totals.uncompressedSize - report.bytesScanned
        if rest > 0 { report.skipped = [.init(reason: failure.gapReason, bytes: rest, entries: 0)] }
        note(failure.gapReason, bytes: rest, String(describing: failure))
    }

    private mutating func note(
        _ reason: GapReason, at path: EntryPath? = nil, bytes: Int = 0, _ detail: String
    ) {
        gapCounts[reason, default: 0] += 1
        // What is told of the layer as a whole is always told.
        guard path == nil || gapCounts[reason, default: 0] <= Self.gapLimit else { return }
        report.gaps.append(Gap(layer: layer.index, path: path, reason: reason, bytes: bytes, detail: detail))
    }
}
