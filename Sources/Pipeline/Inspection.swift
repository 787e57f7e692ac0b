import Detection
import ImageReading
import Model
import Reporting

/// Looks at one image: its layers side by side, its metadata, and what became of everything.
enum Inspection {
    static func run(
        _ image: Image, detectors: DetectorSet, workers: Int, progress: @escaping ProgressObserver
    ) async throws(AuditError) -> Evidence {
        let bytes = image.layers.reduce(0) { $0 + $1.size }
        progress(
            .opened(
                image: SafeText.cleaning(image.name).text,
                platform: SafeText.cleaning(image.platform.description).text, layers: image.layers.count,
                bytes: bytes))
        let reports = await layers(of: image, detectors, workers, progress)
        do {
            return try EvidenceAssembly.evidence(of: image, reports, detectors: detectors)
        } catch {
            throw AuditError(code: .brokenDetectors, place: image.name, reason: error.description)
        }
    }

    /// A report for each layer, in their order, read by at most `workers` tasks at once; the largest are begun first.
    ///
    /// A layer that is more than one worker's share would be read alone in the end: half of its work goes to another thread.
    private static func layers(
        of image: Image, _ detectors: DetectorSet, _ workers: Int, _ progress: @escaping ProgressObserver
    ) async -> [LayerReport] {
        let reports = await withTaskGroup(of: LayerReport.self) { group in
            let share = image.layers.reduce(0) { $0 + $1.size } / max(workers, 1)
            var waiting = image.layers.sorted { $0.size < $1.size }
            var reports: [LayerReport] = []
            func begin() {
                guard let layer = waiting.popLast() else { return }
                let readsAhead = workers > 1 && layer.size > share
                group.addTask {
                    LayerInspection.run(layer, of: image, detectors: detectors, readsAhead: readsAhead)
                }
            }
            for _ in 0..<workers { begin() }
            for await report in group {
                progress(.layerRead(index: report.layer.index, bytes: report.layer.size))
                reports.append(report)
                begin()
            }
            return reports
        }
        return reports.sorted { $0.layer.index < $1.layer.index }
    }
}
