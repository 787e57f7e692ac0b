import Archives
import Detection
import ImageReading
import Model

/// Reads one layer to its end and shows every byte of it to the detectors.
struct LayerInspection {
    private let layer: LayerDescriptor
    private let files: FileInspection
    private var report: LayerReport

    /// What `layer` of `image` holds; whatever goes wrong is in the report, and never an empty one.
    static func run(
        _ layer: LayerDescriptor, of image: Image, detectors: DetectorSet,
        _ progress: @escaping ProgressObserver = { _ in }
    ) -> LayerReport {
        var inspection = LayerInspection(layer: layer, detectors: detectors)
        do {
            inspection.read(
                try image.reader(for: layer) { progress(.reading(layer: layer.index, bytes: $0)) })
        } catch {
            inspection.note(error.gapReason, bytes: layer.size, String(describing: error))
        }
        return inspection.report
    }

    private init(layer: LayerDescriptor, detectors: DetectorSet) {
        self.layer = layer
        files = FileInspection(detectors: detectors)
        report = LayerReport()
    }

    private mutating func read(_ reader: LayerReader) {
        var watched = 0
        do {
            while let entry = try reader.next() {
                let result = try files.inspect(entry, content: reader.content)
                watched += result.watched
                report.add(result.sightings, at: entry.path)
                for gap in result.gaps { note(gap.reason, at: entry.path, gap.detail) }
            }
            close(try reader.finish())
        } catch {
            let failure = Self.failure(error, of: layer)
            abandon(reader, failure, watched: watched)
        }
        report.changes = reader.changes
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
        report.add(Gap(layer: nil, path: path, reason: reason, bytes: bytes, detail: detail))
    }
}
